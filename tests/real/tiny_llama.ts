import { Llama } from "../../src/testing/tiny_model/llama.ts";
import { decodeLlamaWeights } from "../../src/testing/tiny_model/llama_weights.ts";
import file from "../../src/testing/tiny_model/tiny_sums.json" with {
  type: "json",
};

/** Returns the tiny model in TypeScript. */
export function tinyLlama(): Llama {
  return new Llama(decodeLlamaWeights(file));
}
