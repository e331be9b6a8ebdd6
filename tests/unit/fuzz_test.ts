import { assert, assertEquals } from "@std/assert";
import { parseEntry } from "../../src/cache/entry.ts";
import { EntryWriter } from "../../src/cache/entry_writer.ts";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { isJsonObject } from "../../src/util/json_object.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import { Response, type ResponseData } from "../../src/response.ts";
import fc from "../support/fast_check.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { mutatedJson, mutatedText } from "../support/mutated.ts";

const ANSWER = {
  id: "gen-1",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "qwen/qwen3-30b-a3b-04-28",
  provider: "Nebius",
  choices: [{
    index: 0,
    logprobs: null,
    finish_reason: "stop",
    native_finish_reason: "stop",
    message: {
      role: "assistant",
      content: "\n50",
      refusal: null,
      reasoning: " 5*10=50",
      reasoning_details: [{ type: "reasoning.text", text: " 5*10=50" }],
    },
  }],
  usage: {
    prompt_tokens: 21,
    completion_tokens: 173,
    total_tokens: 194,
    cost: 0.00057,
    completion_tokens_details: { reasoning_tokens: 165 },
  },
};

const ERROR = {
  error: {
    code: 502,
    message: "no",
    metadata: { raw: "x", provider_name: "P", reasons: ["a"], headers: {} },
    availability: { retryable: true, retry_after: 3 },
  },
};

const REQUEST = preparedRequest({
  model: "qwen/qwen3-30b-a3b",
  seed: 3,
  prefill: "<think>\nLet me calculate: 10*5=",
});

function parse(text: string, status: number) {
  const headers = new Map<string, string>();
  return parseCompletion({ status, headers, text, receivedAtMs: 0 }, REQUEST);
}

/** Reads a body, and if it is accepted as an answer, checks that it is one. */
function check(text: string, status: number): void {
  const outcome = parse(text, status);
  structuredClone(outcome);
  if (outcome.type === "failure") {
    assert(outcome.failure.message.length > 0);
    return;
  }
  assertEquals(status, 200);
  const raw = JSON.parse(text);
  assertEquals(JSON.parse(outcome.response.rawJson), raw);
  const data = new Response(outcome.response, {
    cached: false,
    attempts: 1,
    quantization: null,
  });
  checkData(data);
  const { message } = raw.choices[0];
  assert(isJsonObject(message));
  // All text is the provider's own. The texts of content in parts are joined.
  const own = [
    JSON.stringify(message),
    inJson(texts(message.content).join("")),
  ];
  for (const part of [data.content, data.reasoning]) {
    assert(!part || own.some((text) => text.includes(inJson(part))));
  }
}

/** Returns the texts of content in parts. */
function texts(content: unknown): unknown[] {
  return Array.isArray(content)
    ? content.map((part) =>
      part?.text ?? (typeof part === "string" ? part : "")
    )
    : [];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function checkData(data: ResponseData): void {
  assert(typeof data.full === "string" && typeof data.content === "string");
  assert(data.reasoning === null || typeof data.reasoning === "string");
  assert(data.finishReason !== "error");
  for (const count of Object.values(data.usage)) {
    assert(count === null || typeof count === "number");
  }
  assert(Array.isArray(data.toolCalls));
  if (data.completedReasoning && data.reasoning !== null) {
    assertEquals(data.full, `${data.reasoning}</think>${data.content}`);
  }
}

Deno.test("parseCompletion() never throws and accepts no garbage when bodies are mutated", () => {
  const statuses = fc.constantFrom(200, 200, 200, 402, 429, 500);
  const bodies = fc.oneof(
    mutatedText(JSON.stringify(ANSWER)),
    mutatedText(JSON.stringify(ERROR)),
    mutatedJson(ANSWER).map((value) => JSON.stringify(value)),
    mutatedJson(ERROR).map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary" }),
    fc.json(),
  );
  fc.assert(fc.property(bodies, statuses, check));
});

const PLAN = buildRequest(
  "What is 5*10?",
  resolveOptions({ model: "qwen/qwen3-30b-a3b", stop: ["x"] }),
  OPENROUTER_BASE_URL,
);

const PARSED = parse(JSON.stringify(ANSWER), 200);
assert(PARSED.type === "answer");

const ENTRY = new EntryWriter(PLAN, PLAN.body).write(
  new Response(
    PARSED.response,
    { cached: false, attempts: 1, quantization: null },
  ),
  JSON.stringify(ANSWER),
);

Deno.test("parseEntry() never throws and accepts no garbage when files are mutated", () => {
  const files = fc.oneof(
    mutatedText(ENTRY),
    mutatedJson(JSON.parse(ENTRY)).map((value) => JSON.stringify(value)),
    fc.json(),
  );
  fc.assert(
    fc.property(files, (text) => {
      const reading = parseEntry(text, PLAN, 3);
      if (reading.type !== "response") return;
      const { response } = reading;
      checkData({ ...response, completedReasoning: false });
      const entry = JSON.parse(text);
      assertEquals(entry.response.full, response.full);
      assertEquals(entry.request.messages, PLAN.body.messages);
      assertEquals(response.seed, 3);
    }),
  );
});
