import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseCompletion } from "../../src/completion/parse_completion.ts";
import { answerBody, parseAnswer } from "../support/parse_answer.ts";
import { preparedRequest } from "../support/prepared_request.ts";

/** Parses an answer whose message has the given fields. */
function parse(
  message: Record<string, unknown> | null,
  choice: Record<string, unknown> = {},
  fields: Record<string, unknown> = {},
) {
  return parseAnswer(answerBody({ message, ...choice }, fields)).response;
}

const DETAILS = [
  { type: "reasoning.text", text: "Five ", index: 0 },
  { type: "reasoning.summary", summary: "tens", index: 1 },
  { type: "reasoning.encrypted", data: "c2VjcmV0", index: 2 },
];

for (
  const [name, message] of Object.entries({
    "reasoning": { content: "50", reasoning: "Five tens" },
    "reasoning next to details": {
      content: "50",
      reasoning: "Five tens",
      reasoning_details: [{ type: "reasoning.text", text: "other" }],
    },
    "details alone": { content: "50", reasoning_details: DETAILS },
    "reasoning_content": { content: "50", reasoning_content: "Five tens" },
    "a thinking part with parts": {
      content: [
        { type: "thinking", thinking: [{ type: "text", text: "Five tens" }] },
        { type: "text", text: "50" },
      ],
    },
    "a thinking part with a text": {
      content: [{ type: "thinking", thinking: "Five tens" }, "50"],
    },
    "a reasoning part": {
      content: [
        { type: "reasoning", text: "Five tens" },
        { type: "output_text", text: "50" },
      ],
    },
    "<think> in content": { content: "<think>Five tens</think>50" },
  })
) {
  Deno.test(`parseCompletion() finds reasoning in ${name}`, () => {
    const { reasoning, content, full } = parse(message);
    assertEquals([reasoning, content], ["Five tens", "50"]);
    assertEquals(full, "Five tens</think>50");
  });
}

Deno.test("parseCompletion() splits at a lone </think> for models whose template opens the reasoning", () => {
  const body = answerBody({ message: { content: "Five tens</think>50" } });
  for (
    const model of [
      "deepseek/deepseek-r1",
      "qwen/qwq-32b",
      "qwen/qwen3-235b-a22b-thinking-2507",
    ]
  ) {
    const { response } = parseAnswer(body, { model });
    assertEquals([response.reasoning, response.content], ["Five tens", "50"]);
  }
  const { response } = parseAnswer(body, { model: "openai/gpt-4o" });
  assertEquals(response.reasoning, null);
});

Deno.test("parseCompletion() keeps an unknown part out of the texts, and warns about it", () => {
  const message = {
    content: [
      { type: "hologram", text: { lines: 2 } },
      { type: "text", text: "A" },
    ],
  };
  const { response, warnings } = parseAnswer(answerBody({ message }));
  assertEquals([response.content, response.reasoning], ["A", null]);
  assertMatch(warnings.join(), /hologram/);
  assertMatch(JSON.stringify(response.raw), /hologram/);
});

Deno.test("parseCompletion() reads refusals in all forms", () => {
  const refused = { content: null, refusal: "I cannot help with that." };
  assertEquals(parse(refused).refusal, "I cannot help with that.");
  assertEquals([parse(refused).content, parse(refused).full], ["", ""]);
  const part = {
    content: [{ type: "refusal", refusal: "I cannot help with that." }],
  };
  assertEquals(parse(part).refusal, "I cannot help with that.");
  const filtered = { finish_reason: "content_filter" };
  const none = { usage: undefined };
  assertEquals(parse(null, filtered, none).refusal, "content_filter");
  const native = { ...filtered, native_finish_reason: "PROHIBITED_CONTENT" };
  assertEquals(
    parse({ content: "" }, native, none).refusal,
    "content_filter (PROHIBITED_CONTENT)",
  );
  assertEquals(parse({ content: "50", refusal: null }).refusal, null);
  assertEquals(parse({ content: "50", refusal: "" }).refusal, null);
});

Deno.test("parseCompletion() returns images, audio, and annotations", () => {
  const image = { type: "image_url", image_url: { url: "data:image/png," } };
  const annotation = {
    type: "url_citation",
    url_citation: { url: "https://" },
  };
  const audio = { id: "a", data: "", transcript: "fifty" };
  const response = parse({
    content: [{ type: "text", text: "See" }, image],
    images: [image],
    annotations: [annotation],
    audio,
  });
  assertEquals(response.content, "See");
  assertEquals(response.images, [image, image]);
  assertEquals(response.annotations, [annotation]);
  assertEquals(response.audio, audio);
  assertEquals(parse({ content: "50" }).images, []);
});

Deno.test("parseCompletion() fails on an answer without text and tokens, for any finish reason", () => {
  for (const finish_reason of [null, "stop", "length", "tool_calls"]) {
    for (const usage of [{ completion_tokens: 0 }, undefined, null]) {
      const text = answerBody(
        { finish_reason, message: { content: null, tool_calls: [] } },
        { id: "", usage },
      );
      const answer = { status: 200, headers: new Headers(), text };
      const outcome = parseCompletion(answer, preparedRequest());
      assert(outcome.type === "failure" && outcome.failure.kind === "response");
      assertMatch(outcome.failure.message, /empty/);
      assertEquals(outcome.failure.form, null);
    }
  }
});

for (
  const [name, choice, usage, truncated] of [
    ["finish_reason length", { finish_reason: "length" }, {}, true],
    [
      "a native reason next to a tool call",
      {
        finish_reason: "tool_calls",
        native_finish_reason: "max_output_tokens",
      },
      {},
      true,
    ],
    [
      "MAX_TOKENS",
      { finish_reason: null, native_finish_reason: "MAX_TOKENS" },
      {},
      true,
    ],
    [
      "no reason at the token limit",
      { finish_reason: null },
      { completion_tokens: 10 },
      true,
    ],
    [
      "no reason below the token limit",
      { finish_reason: null },
      { completion_tokens: 9 },
      false,
    ],
    ["stop", { native_finish_reason: "end_turn" }, {}, false],
    [
      "stop at the token limit",
      { native_finish_reason: "stop" },
      { completion_tokens: 10 },
      false,
    ],
  ] as const
) {
  Deno.test(`Response.truncated is ${truncated} after ${name}`, () => {
    const message = { content: "50" };
    const text = answerBody({ message, ...choice }, { usage });
    const body = JSON.stringify({ max_tokens: 10 });
    const { response } = parseAnswer(text, { body });
    assertEquals(response.truncated, truncated);
    const { finish_reason = "stop", native_finish_reason = null } =
      choice as Record<string, string | null>;
    assertEquals(response.finishReason, finish_reason);
    assertEquals(response.nativeFinishReason, native_finish_reason);
  });
}

Deno.test("Response.completedReasoning is false if hidden reasoning used all tokens", () => {
  const cut = { finish_reason: "length" };
  const usage = { completion_tokens_details: { reasoning_tokens: 9 } };
  assertEquals(
    parse({ content: "" }, cut, { usage }).completedReasoning,
    false,
  );
  const encrypted = { content: "", reasoning_details: DETAILS.slice(2) };
  assertEquals(parse(encrypted, cut).completedReasoning, false);
  assertEquals(
    parse({ content: "5" }, cut, { usage }).completedReasoning,
    true,
  );
});

Deno.test("Response.usage is null for what the provider does not report", () => {
  const unknown = {
    promptTokens: null,
    completionTokens: null,
    totalTokens: null,
    reasoningTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    cost: null,
    isByok: null,
    upstreamCost: null,
  };
  const usageOf = (usage: unknown) =>
    parse({ content: "50" }, {}, { usage }).usage;
  for (
    const usage of [undefined, null, {}, {
      prompt_tokens: null,
      completion_tokens_details: null,
    }]
  ) assertEquals(usageOf(usage), unknown);
  assertEquals(usageOf({ input_tokens: 7, output_tokens: 9 }), {
    ...unknown,
    promptTokens: 7,
    completionTokens: 9,
    totalTokens: 16,
  });
  assertEquals(
    usageOf({
      prompt_tokens: 7,
      completion_tokens: 9,
      total_tokens: 16,
      cost: 0,
      is_byok: true,
      prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 5 },
      cost_details: { upstream_inference_cost: 0.25 },
    }),
    {
      promptTokens: 7,
      completionTokens: 9,
      totalTokens: 16,
      reasoningTokens: 5,
      cachedTokens: 3,
      cacheWriteTokens: 4,
      cost: 0,
      isByok: true,
      upstreamCost: 0.25,
    },
  );
});

Deno.test("parseCompletion() selects choices by index", () => {
  const choice = (index: number, content: string) => ({
    index,
    finish_reason: "stop",
    message: { content },
  });
  const choices = [choice(1, "second"), choice(0, "first")];
  const { response } = parseAnswer(JSON.stringify({ choices }));
  assertEquals(response.content, "first");
});

Deno.test("parseCompletion() warns about a prompt that OpenRouter compressed", () => {
  const pipeline = [{ type: "context_compression", name: "middle-out" }];
  const warningsOf = (openrouter_metadata: unknown) =>
    parseAnswer(
      answerBody({ message: { content: "50" } }, { openrouter_metadata }),
    ).warnings;
  assertMatch(warningsOf({ attempt: 1, pipeline }).join(), /compressed/);
  assertEquals(warningsOf({ attempt: 2, pipeline: [] }), []);
  assertEquals(warningsOf({ attempt: 1 }), []);
});
