import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import type { Completion } from "../../src/testing/complete_request.ts";
import { completeTinySums } from "../../src/testing/complete_tiny_sums.ts";
import type { PrefillBehavior } from "../../src/testing/endpoints.ts";
import { HttpError } from "../../src/testing/http_error.ts";
import { parseRequest } from "../../src/testing/parse_request.ts";
import { loadTinySums } from "../../src/testing/tiny_model/load_tiny_sums.ts";
import { findMockModel } from "../support/complete_body.ts";

const tinySums = await loadTinySums();
const QUESTION = { role: "user", content: "What is 5*10?" };
const REST = " Done.\n";

Deno.test("completeTinySums() reasons and answers", () => {
  const { reasoning, content, finishReason } = complete({ temperature: 0 });
  assertEquals(
    [reasoning, content, finishReason],
    ["5*10 = 50. Done.\n", "The answer is \\boxed{50}.", "stop"],
  );
});

Deno.test("completeTinySums() continues <think>\\n5*1 with 0 = 50. when it is greedy", () => {
  const { reasoning } = complete({ temperature: 0 }, "<think>\n5*1");
  assertEquals(reasoning, "0 = 50. Done.\n");
});

Deno.test("completeTinySums() adopts a wrong result that is not checked", () => {
  const prefill = "<think>\n5*10 = 40. Done.";
  const { content } = complete({ temperature: 0 }, prefill);
  assertEquals(content, "The answer is \\boxed{40}.");
});

Deno.test("completeTinySums() repeats the text of a seed, and other seeds differ", () => {
  const texts = Array.from(
    { length: 20 },
    (_, seed) => complete({ seed }).reasoning,
  );
  assertEquals(complete({ seed: 3 }).reasoning, texts[3]);
  assert(new Set(texts).size > 5);
});

Deno.test("completeTinySums() stops at max_tokens, in the reasoning or after it", () => {
  const whole = complete({});
  const cut = complete({ max_tokens: 5 });
  assertEquals(
    [cut.reasoning, cut.content, cut.finishReason, cut.completionTokens],
    [whole.reasoning!.slice(0, 5), null, "length", 5],
  );
  const later = complete({ max_tokens: whole.reasoningTokens + 5 });
  assertEquals(
    [later.reasoning, later.content, later.finishReason],
    [whole.reasoning, "The", "length"],
  );
});

Deno.test("completeTinySums() stops before a stop sequence in the content", () => {
  const { reasoning, content, finishReason } = complete({
    stop: ["answer", "5"],
  });
  assertMatch(reasoning!, /50/);
  assertEquals([content, finishReason], ["The ", "stop"]);
});

Deno.test("completeTinySums() counts the tokens of the prompt, the reasoning and the content", () => {
  const { reasoning, content, ...counts } = complete({});
  // One token per byte, except for the special tokens: three of the prompt begin or end a message,
  // and one begins the reasoning.
  const prompt = "user\nWhat is 5*10?\nassistant\n\n".length + 4;
  assertEquals(counts.promptTokens, prompt);
  assertEquals(counts.reasoningTokens, reasoning!.length + 1);
  assertEquals(
    counts.completionTokens,
    counts.reasoningTokens + "\n\n".length + content!.length,
  );
});

Deno.test("completeTinySums() returns log probabilities of all tokens when they are requested", () => {
  const body = { logprobs: true, top_logprobs: 3, temperature: 0 };
  const { logprobs, completionTokens } = complete(body);
  assertEquals(logprobs!.length, completionTokens);
  for (const { top_logprobs: [first], token, logprob } of logprobs!) {
    assertEquals([first!.token, first!.logprob], [token, logprob]);
  }
  assertEquals(complete({}).logprobs, null);
});

Deno.test("completeTinySums() continues a raw prompt", () => {
  const prompt =
    "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n<think>\n5*1";
  const { reasoning, content, reasoningTokens } = complete({
    prompt,
    temperature: 0,
  });
  assertEquals([reasoning, reasoningTokens], [null, 0]);
  assertEquals(
    content,
    "0 = 50. Done.\n</think>\n\nThe answer is \\boxed{50}.",
  );
});

Deno.test("completeTinySums() rejects a prompt that fills the context", () => {
  const content = "a".repeat(500);
  assertThrows(
    () => complete({ messages: [{ role: "user", content }] }),
    HttpError,
    "maximum context length is 512 tokens",
  );
});

Deno.test("completeTinySums() stops where the context ends", () => {
  const prompt = "a".repeat(510);
  const { completionTokens, finishReason } = complete({ prompt });
  assertEquals([completionTokens, finishReason], [2, "length"]);
});

const OPEN = "<think>\n5*10 = 40.";
const CLOSED = "<think>\n5*10 = 40. Done.\n</think>\n\nThe answer";
const ANSWER = "The answer is \\boxed{40}.";
const WHOLE = `${REST}</think>\n\n${ANSWER}`;

/** The reasoning and the content of the continuation, after an open and after a closed prefill. */
const PLACES: Partial<
  Record<
    PrefillBehavior,
    readonly [string | null, string | null, string | null, string | null]
  >
> = {
  reasoning: [REST, ANSWER, null, " is \\boxed{40}."],
  hidden: [null, ANSWER, null, " is \\boxed{40}."],
  echo: [`\n5*10 = 40.${REST}`, ANSWER, null, " is \\boxed{40}."],
  misfiled: [REST, ANSWER, " is \\boxed{40}.", null],
  content: [null, WHOLE, null, " is \\boxed{40}."],
  echo_content: [
    null,
    `\n5*10 = 40.${WHOLE}`,
    null,
    `${CLOSED.slice("<think>".length)} is \\boxed{40}.`,
  ],
  echo_prefill: [null, OPEN + WHOLE, null, `${CLOSED} is \\boxed{40}.`],
};

for (const [behavior, expected] of Object.entries(PLACES)) {
  Deno.test(`completeTinySums() places the text of a provider with the behavior ${behavior}`, () => {
    const options = { prefill: behavior as PrefillBehavior };
    const open = complete({ temperature: 0 }, OPEN, options);
    const closed = complete({ temperature: 0 }, CLOSED, options);
    assertEquals(
      [open.reasoning, open.content, closed.reasoning, closed.content],
      expected,
    );
  });
}

Deno.test("completeTinySums() shows the reasoning without a prefill at a provider that hides it", () => {
  const body = { temperature: 0 };
  const options = { prefill: "hidden" } as const;
  assertEquals(complete(body, null, options), complete(body));
});

Deno.test("completeTinySums() starts over at a provider that ignores prefills", () => {
  const options = { prefill: "ignore" } as const;
  assertEquals(
    complete({ temperature: 0 }, OPEN, options),
    complete({ temperature: 0 }),
  );
});

Deno.test("completeTinySums() answers without reasoning at a provider that does", () => {
  const options = { prefill: "answer" } as const;
  const { reasoning, content } = complete({ temperature: 0 }, OPEN, options);
  assertEquals(reasoning, null);
  // It has never been trained to: the answer is wrong.
  assertMatch(content!, /^The .*\\boxed\{\d+\}\.$/);
});

Deno.test("completeTinySums() rejects prefills at a provider that does", () => {
  assertThrows(
    () => complete({}, OPEN, { prefill: "reject" }),
    HttpError,
    "does not support assistant message prefill",
  );
});

Deno.test("completeTinySums() continues a prefill of content without reasoning", () => {
  const prefill = "The answer is";
  const { reasoning, content } = complete({ temperature: 0 }, prefill);
  assertEquals(reasoning, null);
  assert(content!.startsWith(" "), content!);
});

Deno.test("completeTinySums() omits the reasoning when the request excludes it", () => {
  const { reasoning, reasoningTokens } = complete({
    reasoning: { exclude: true },
  });
  assertEquals(reasoning, null);
  assert(reasoningTokens > 0);
});

function complete(
  fields: Readonly<Record<string, unknown>>,
  written: string | null = null,
  { prefill = "reasoning" }: { prefill?: PrefillBehavior } = {},
): Completion {
  const model = findMockModel("rollouts/tiny-sums");
  const last = { role: "assistant", content: written };
  const messages = written === null ? [QUESTION] : [QUESTION, last];
  const kind = "prompt" in fields ? "text" : "chat";
  const body = { model: model.id, messages, seed: 7, ...fields };
  const request = parseRequest(body, kind);
  return completeTinySums(request, { model, tinySums, prefill });
}
