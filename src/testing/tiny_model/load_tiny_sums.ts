import { decodeLlamaWeights } from "./llama_weights.ts";
import { TinyModel } from "./tiny_model.ts";

/**
 * Loads the model `rollouts/tiny-sums`: a Llama of 253,152 parameters that was trained on invented
 * sums with reasoning. Its weights are in a file of 0.7 MB that only this function imports.
 */
export async function loadTinySums(): Promise<TinyModel> {
  const { default: file } = await import("./tiny_sums.json", {
    with: { type: "json" },
  });
  return new TinyModel(decodeLlamaWeights(file));
}
