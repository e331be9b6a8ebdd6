import { assertEquals } from "@std/assert";
import { createRandom } from "../../src/testing/random.ts";
import { decodeLlamaWeights } from "../../src/testing/tiny_model/llama_weights.ts";
import { PrefixCache } from "../../src/testing/tiny_model/prefix_cache.ts";
import { TinyModel } from "../../src/testing/tiny_model/tiny_model.ts";
import file from "../../src/testing/tiny_model/tiny_sums.json" with {
  type: "json",
};
import {
  decodeTokens,
  encodeTokens,
} from "../../src/testing/tiny_model/tokenizer.ts";

const weights = decodeLlamaWeights(file);

Deno.test("PrefixCache.take() returns the longest known prefix, without the last token", () => {
  const prefixes = new PrefixCache(weights.config, 2);
  assertEquals(take(prefixes, [1, 2, 3]), []);
  assertEquals(take(prefixes, [1, 2, 3]), [1, 2]);
  assertEquals(take(prefixes, [1, 2, 3, 4, 5]), [1, 2, 3]);
  assertEquals(take(prefixes, [1, 2, 3, 9]), [1, 2, 3]);
  assertEquals(take(prefixes, [7, 8]), []);
  assertEquals(take(prefixes, [7]), []);
});

Deno.test("PrefixCache.take() keeps a prompt whose beginning another one uses", () => {
  const prefixes = new PrefixCache(weights.config, 2);
  take(prefixes, [1, 2, 3, 4, 5]);
  assertEquals(take(prefixes, [1, 2, 6, 7]), [1, 2]);
  assertEquals(take(prefixes, [1, 2, 3, 4, 5]), [1, 2, 3, 4]);
  assertEquals(take(prefixes, [1, 2, 6, 7]), [1, 2, 6]);
});

Deno.test("PrefixCache.take() forgets the least recently used prompt when it is full", () => {
  const prefixes = new PrefixCache(weights.config, 2);
  take(prefixes, [1, 1, 1]);
  take(prefixes, [2, 2, 2]);
  take(prefixes, [1, 1, 1]);
  take(prefixes, [3, 3, 3]);
  assertEquals(take(prefixes, [1, 1, 1]), [1, 1]);
  assertEquals(take(prefixes, [2, 2, 2]), []);
});

Deno.test("TinyModel.generate() returns the same text with and without a known prefix", () => {
  const shared = new TinyModel(weights);
  for (const end of ["", "<think>\n", "<think>\n5*10 = 40.", ""]) {
    const prompt = encodeTokens(
      `<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n${end}`,
    );
    const own = new TinyModel(weights);
    assertEquals(generate(shared, prompt), generate(own, prompt));
  }
});

function take(prefixes: PrefixCache, prompt: readonly number[]): number[] {
  const cache = prefixes.take(prompt);
  const known = [...cache.tokens];
  cache.push(prompt.slice(known.length));
  return known;
}

function generate(model: TinyModel, prompt: readonly number[]): string {
  const { tokens } = model.generate(prompt, {
    temperature: 1,
    topK: 0,
    topP: 1,
    minP: 0,
    random: createRandom(3),
    maxTokens: 200,
    topLogprobs: null,
    isComplete: () => false,
  });
  return decodeTokens(tokens);
}
