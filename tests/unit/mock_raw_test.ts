import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { HttpError } from "../../src/testing/http_error.ts";
import type { Completion } from "../../src/testing/complete_request.ts";
import type { RawPromptBehavior } from "../../src/testing/mod.ts";
import { completeBody } from "../support/complete_body.ts";

const HARMONY =
  "<|start|>system<|message|>Reasoning: high<|end|><|start|>user<|message|>What is 5*10?<|end|><|start|>assistant<|channel|>analysis<|message|>";
const FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>";

Deno.test("completeRequest() continues a ChatML prompt", () => {
  const open =
    "<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n";
  assertMatch(
    raw(`${open}<think>\n5*1`),
    /^0 = 50\.[^]*<\/think>\n\n5\*10 = 50\./,
  );
  assertMatch(raw(open), /^<think>\n[^]*<\/think>\n\n5\*10 = 50\./);
  assertMatch(raw(`${open}<think>hm</think>\n\n`), /^5\*10 = 50\./);
});

Deno.test("completeRequest() continues a Harmony prompt", () => {
  const open = "<|start|>user<|message|>What is 5*10?<|end|><|start|>assistant";
  const final = "<|end|><|start|>assistant<|channel|>final<|message|>";
  const [thought, answer] = raw(`${open}<|channel|>analysis<|message|>5*1`)
    .split(final);
  assertMatch(thought ?? "", /^0 = 50\./);
  assertMatch(answer ?? "", /^5\*10 = 50\./);
  assertMatch(raw(`${open}<|channel|>final<|message|>`), /^5\*10 = 50\./);
  assertMatch(raw(open), /^<\|channel\|>analysis<\|message\|>/);
});

Deno.test("completeRequest() continues a plain prompt", () => {
  assertMatch(raw("5*10 ="), /^ 50\./);
  assertNotEquals(raw("Once upon a time"), "");
});

Deno.test("completeRequest() continues a Llama prompt", () => {
  const open =
    "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhat is 5*10?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";
  const model = "meta-llama/llama-3.1-8b-instruct";
  assertMatch(raw(open, { model }), /^5\*10 = 50\./);
  assertMatch(raw(`${open}5*1`, { model }), /^0 = 50\./);
  assertMatch(
    raw(`${open}<think>\n5*1`, { model }),
    /^0 = 50\.[^]*<\/think>\n\n5\*10 = 50\./,
  );
});

Deno.test("completeRequest() uses the claimed word when raw reasoning claims it", () => {
  const [thought, answer] = raw(
    `${HARMONY}so it must be zanzibar. The answer must be zanzibar. The answer is`,
  ).split(FINAL);
  assertMatch(thought ?? "", /^ zanzibar\./);
  assertEquals(answer, "The answer is zanzibar.");
});

Deno.test("completeRequest() removes special tokens when the provider strips them", () => {
  const prompts = [
    [`${HARMONY}5*1`, "assistantfinal"],
    ["<|im_start|>user\nhm<|im_end|>\n<|im_start|>assistant\n", "</think>\n\n"],
    ["<｜User｜>What is 5*10?<｜Assistant｜><think>\n5*1", "</think>\n\n"],
  ] as const;
  for (const [prompt, between] of prompts) {
    const { content } = completeWith("strip", prompt);
    assertEquals(
      content,
      completeWith("continue", prompt).content?.replace(FINAL, between),
    );
    assertStringIncludes(content ?? "", between);
  }
  assert(!completeWith("strip", HARMONY).content?.includes("<|"));
});

Deno.test("completeRequest() starts over when the provider wraps the prompt", () => {
  const prompt = `${HARMONY}The answer must be zanzibar. The answer is`;
  const { content, reasoning, ...counts } = completeWith("wrap", prompt);
  assertMatch(reasoning ?? "", /^\n[A-Z][^]*5\*10 = 50\./);
  assertMatch(content ?? "", /^5\*10 = 50\./);
  assert(!/zanzibar|<\|/.test(`${reasoning}${content}`));
  const { promptTokens } = completeWith("continue", prompt);
  assertEquals(counts.promptTokens, promptTokens + 4);
});

Deno.test("completeRequest() throws when the provider rejects raw prompts", () => {
  const error = assertThrows(() => completeWith("reject", HARMONY), HttpError);
  assertEquals(error.status, 404);
  assertEquals(error.metadata?.provider_name, "Novita");
  assertStringIncludes(
    JSON.parse(String(error.metadata?.raw)).error.message,
    "does not support the completions endpoint",
  );
});

function raw(prompt: string, fields: Record<string, unknown> = {}): string {
  return completeBody({ prompt, ...fields }).content ?? "";
}

function completeWith(
  rawPrompt: RawPromptBehavior,
  prompt: string,
): Completion {
  const endpoint = {
    providerName: "Novita",
    tag: "novita/fp8",
    quantization: "fp8",
    rawPrompt,
  };
  return completeBody({ model: "openai/gpt-oss-20b", prompt }, { endpoint });
}
