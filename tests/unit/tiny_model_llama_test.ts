import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { KvCache } from "../../src/testing/tiny_model/kv_cache.ts";
import { Llama } from "../../src/testing/tiny_model/llama.ts";
import { decodeLlamaWeights } from "../../src/testing/tiny_model/llama_weights.ts";
import { logSoftmax } from "../../src/testing/tiny_model/log_softmax.ts";
import file from "../../src/testing/tiny_model/tiny_sums.json" with {
  type: "json",
};
import {
  decodeTokens,
  encodeTokens,
  MESSAGE_END,
} from "../../src/testing/tiny_model/tokenizer.ts";
import cases from "../testdata/tiny_model/llama_cpp.json" with { type: "json" };

const llama = new Llama(decodeLlamaWeights(file));

Deno.test("encodeTokens() returns the tokens of llama.cpp", () => {
  for (const { prompt, tokens } of cases) {
    assertEquals(encodeTokens(prompt), tokens);
    assertEquals(decodeTokens(tokens), prompt);
  }
});

Deno.test("decodeTokens() replaces incomplete characters and keeps a BOM", () => {
  assertEquals(decodeTokens([0xe4, 0xb8, 97]), "\ufffda");
  assertEquals(decodeTokens(encodeTokens("\ufeffa")), "\ufeffa");
  assertEquals(encodeTokens(""), []);
});

for (const { prompt, tokens, continuation, logprobs } of cases) {
  Deno.test(`Llama has the probabilities of llama.cpp after ${JSON.stringify(prompt.slice(-30))}`, () => {
    const cache = new KvCache(llama.config);
    let next = tokens;
    for (const [index, expected] of logprobs.entries()) {
      const found = logSoftmax(llama.evaluate(next, cache));
      const order = [...found.keys()].sort((a, b) => found[b]! - found[a]!);
      assertEquals(
        order.slice(0, 2),
        expected.slice(0, 2).map(([token]) => token),
      );
      for (const [token = 0, logprob = 0] of expected) {
        assertAlmostEquals(Math.exp(found[token]!), Math.exp(logprob), 1e-5);
        assertAlmostEquals(found[token]!, logprob, 1e-4);
      }
      const total = found.reduce((sum, value) => sum + Math.exp(value), 0);
      assertAlmostEquals(total, 1, 1e-12);
      next = [continuation[index] ?? MESSAGE_END];
    }
  });
}

Deno.test("Llama continues <think>\\n5*1 with 0 = 50. when it is greedy", () => {
  const { continuation } = cases[0]!;
  assert(decodeTokens(continuation).startsWith("0 = 50."));
});

Deno.test("Llama.evaluate() returns the same numbers for any division of the tokens", () => {
  const { tokens } = cases[2]!;
  const whole = llama.evaluate(tokens, new KvCache(llama.config));
  for (const sizes of [[1], [2], [3], [7, 1, 4]]) {
    const cache = new KvCache(llama.config);
    let logits: Float32Array | null = null;
    for (let i = 0; cache.tokens.length < tokens.length; i++) {
      const start = cache.tokens.length;
      const end = start + sizes[i % sizes.length]!;
      logits = llama.evaluate(tokens.slice(start, end), cache);
    }
    assertEquals(logits, whole);
  }
});

Deno.test("Llama.evaluate() fills the context and rejects more", () => {
  const cache = new KvCache(llama.config);
  const logits = llama.evaluate(Array(512).fill(97), cache);
  assert(logits.every(Number.isFinite));
  assertThrows(() => llama.evaluate([97], cache), RangeError, "at most 512");
  assertThrows(() => llama.evaluate([], cache), RangeError, "at least 1");
  assertEquals(cache.tokens.length, 512);
});
