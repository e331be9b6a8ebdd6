import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { HttpError } from "../../src/testing/http_error.ts";
import type { Completion } from "../../src/testing/complete_request.ts";
import { countTokens } from "../../src/testing/tokenize.ts";
import type { WriteOptions } from "../../src/testing/write_draft.ts";
import {
  completeBody,
  findMockModel,
  THINKING_MODEL,
} from "../support/complete_body.ts";

const PLAIN = "meta-llama/llama-3.1-8b-instruct";
const LIFE = "What is the meaning of life?";

Deno.test("completeRequest() returns the same text for the same request", () => {
  assertEquals(chat(LIFE), chat(LIFE));
});

Deno.test("completeRequest() returns a different text for each seed", () => {
  for (const question of [LIFE, "What is 5*10?"]) {
    const texts = Array.from({ length: 200 }, (_, seed) => {
      const { reasoning, content } = chat(question, { seed });
      return `${reasoning}${content}`;
    });
    assertEquals(new Set(texts).size, 200);
  }
});

Deno.test("completeRequest() returns a different text when a sampling parameter changes", () => {
  const changes = [
    { temperature: 0.5 },
    { top_p: 0.9 },
    { top_k: 40 },
    { min_p: 0.1 },
    { presence_penalty: 1 },
  ];
  const texts = [{}, ...changes].map((change) => chat(LIFE, change).reasoning);
  assertEquals(new Set(texts).size, texts.length);
});

Deno.test("completeRequest() reasons when the model does", () => {
  assert(chat(LIFE).reasoning !== null);
  assertEquals(chat(LIFE, { model: PLAIN }).reasoning, null);
  assertEquals(chat(LIFE, { model: "openai/gpt-4o" }).reasoning, null);
});

Deno.test("completeRequest() reasons when the request enables it for an optional model", () => {
  const model = "anthropic/claude-sonnet-4";
  assertEquals(chat(LIFE, { model }).reasoning, null);
  assert(chat(LIFE, { model, reasoning: { effort: "low" } }).reasoning);
  assert(chat(LIFE, { model, reasoning: { max_tokens: 2000 } }).reasoning);
});

Deno.test("completeRequest() does not reason when the request disables it", () => {
  const off = chat(LIFE, { reasoning: { enabled: false } });
  assertEquals([off.reasoning, off.reasoningTokens], [null, 0]);
  const forced = chat(LIFE, {
    model: "deepseek/deepseek-r1",
    reasoning: { effort: "none" },
  });
  assert(forced.reasoning);
});

Deno.test("completeRequest() counts hidden reasoning", () => {
  const shown = chat(LIFE);
  for (
    const hide of [{ include_reasoning: false }, {
      reasoning: { exclude: true },
    }]
  ) {
    const hidden = chat(LIFE, hide);
    assertEquals(hidden.reasoning, null);
    assertEquals(hidden.content, shown.content);
    assertEquals(hidden.reasoningTokens, shown.reasoningTokens);
  }
});

Deno.test("completeRequest() counts the tokens of reasoning and content", () => {
  const { reasoning, content, ...counts } = chat(LIFE);
  assertEquals(counts.reasoningTokens, countTokens(reasoning ?? ""));
  assertEquals(
    counts.completionTokens,
    counts.reasoningTokens + countTokens(content ?? ""),
  );
  assertEquals(counts.promptTokens, countTokens(LIFE) + 4);
});

Deno.test("completeRequest() finishes with length when max_tokens truncates the reasoning", () => {
  const whole = chat(LIFE);
  const cut = chat(LIFE, { max_tokens: 10 });
  assertEquals(cut.finishReason, "length");
  assertEquals(cut.content, null);
  assertEquals([cut.completionTokens, cut.reasoningTokens], [10, 10]);
  assert(whole.reasoning?.startsWith(cut.reasoning ?? "?"));
});

Deno.test("completeRequest() finishes with length when max_completion_tokens truncates the content", () => {
  const whole = chat(LIFE);
  const limit = whole.reasoningTokens + 3;
  const cut = chat(LIFE, { max_completion_tokens: limit });
  assertEquals(cut.finishReason, "length");
  assertEquals(cut.reasoning, whole.reasoning);
  assertEquals(cut.completionTokens, limit);
  assert(whole.content?.startsWith(cut.content ?? "?"));
});

Deno.test("completeRequest() finishes with stop when max_tokens is just enough", () => {
  const whole = chat(LIFE);
  assertEquals(chat(LIFE, { max_tokens: whole.completionTokens }), whole);
});

Deno.test("completeRequest() ends before a stop sequence", () => {
  const { content } = chat(LIFE, { model: PLAIN, stop: [" of ", "zzz"] });
  assertStringIncludes(chat(LIFE, { model: PLAIN }).content ?? "", " of ");
  assert(!content?.includes(" of "));
});

Deno.test("completeRequest() calculates correctly", () => {
  const sums = [
    ["What is 5*10?", "50"],
    ["What is 2 + 2?", "4"],
    ["Calculate 7-12", "-5"],
    ["How much is 9/4?", "2.25"],
    ["0.1+0.2 = ?", "0.3"],
    ["What is 6 × 7?", "42"],
  ] as const;
  for (const [question, result] of sums) {
    for (const seed of [0, 1, 2]) {
      const { reasoning, content } = chat(question, { seed });
      assertStringIncludes(content ?? "", `= ${result}.`);
      assertStringIncludes(reasoning ?? "", `answer is ${result}.`);
    }
  }
});

Deno.test("completeRequest() returns JSON when the response format requires it", () => {
  const schema = {
    type: "object",
    properties: {
      name: { type: "string" },
      ages: { type: "array", items: { type: "integer", minimum: 3 } },
      kind: { enum: ["cat", "dog"] },
    },
  };
  const { content } = chat(LIFE, {
    response_format: {
      type: "json_schema",
      json_schema: { name: "x", schema },
    },
  });
  const value = JSON.parse(content ?? "");
  assertEquals(typeof value.name, "string");
  assert(
    value.ages.every((age: number) => Number.isInteger(age) && age >= 3),
  );
  assert(["cat", "dog"].includes(value.kind));
  const any = chat(LIFE, { response_format: { type: "json_object" } }).content;
  assertEquals(typeof JSON.parse(any ?? ""), "object");
});

Deno.test("completeRequest() calls a function when the tool choice requires it", () => {
  const tools = ["look_up", "send"].map((name) => ({
    type: "function",
    function: {
      name,
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  }));
  for (
    const [tool_choice, name] of [
      ["required", "look_up"],
      [{ type: "function", function: { name: "send" } }, "send"],
    ] as const
  ) {
    const { content, toolCall, finishReason } = chat(LIFE, {
      tools,
      tool_choice,
    });
    assertEquals([content, finishReason], [null, "tool_calls"]);
    assertEquals(toolCall?.name, name);
    assertEquals(
      Object.keys(JSON.parse(toolCall?.arguments ?? "")),
      ["city"],
    );
  }
  assertEquals(chat(LIFE, { tools }).toolCall, null);
});

Deno.test("completeRequest() throws when the prompt is longer than the context", () => {
  const model = { ...findMockModel(THINKING_MODEL), contextLength: 5 };
  const error = assertThrows(
    () => chat(LIFE, {}, { model }),
    HttpError,
    "maximum context length is 5 tokens",
  );
  assertEquals(error.status, 400);
});

function chat(
  question: string,
  fields: Record<string, unknown> = {},
  options: Partial<WriteOptions> = {},
): Completion {
  const messages = [{ role: "user", content: question }];
  return completeBody({ messages, ...fields }, options);
}
