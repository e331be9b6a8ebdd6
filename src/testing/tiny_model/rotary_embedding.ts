import type { LlamaConfig } from "./llama_weights.ts";

/**
 * Rotary position embedding (RoPE): rotates pairs of a query's or key's elements by angles that
 * grow with the position, so that the dot product of a query and a key depends on their distance.
 *
 * Pair i of a head of size d, which has the elements 2i and 2i + 1, is rotated at position m by
 * m θᵢ, where θᵢ = base^(−2i/d).
 *
 * Source: equations 15 and 34 of "RoFormer: Enhanced Transformer with Rotary Position Embedding"
 * (Su et al., 2021, arXiv 2104.09864).
 */
export class RotaryEmbedding {
  readonly #length: number;
  readonly #pairs: number;
  readonly #cosines: Float32Array;
  readonly #sines: Float32Array;

  /** Computes the sines and cosines of all positions. */
  constructor(
    { contextLength, embeddingLength, headCount, ropeBase }: LlamaConfig,
  ) {
    this.#length = embeddingLength;
    this.#pairs = embeddingLength / headCount / 2;
    const angles = Float64Array.from(
      { length: contextLength * this.#pairs },
      (_, index) => {
        const position = Math.floor(index / this.#pairs);
        const pair = index % this.#pairs;
        return position * ropeBase ** (-pair / this.#pairs);
      },
    );
    this.#cosines = Float32Array.from(angles, Math.cos);
    this.#sines = Float32Array.from(angles, Math.sin);
  }

  /**
   * Rotates all heads of several queries or keys in place.
   *
   * @param x The queries or keys of successive positions, one after another.
   * @param first The position of the first one.
   */
  rotate(x: Float32Array, first: number): void {
    const length = this.#length;
    const pairs = this.#pairs;
    for (let start = 0; start < x.length; start += length) {
      const angles = (first + start / length) * pairs;
      for (let i = 0; i < length; i += 2) {
        const cosine = this.#cosines[angles + (i >> 1) % pairs]!;
        const sine = this.#sines[angles + (i >> 1) % pairs]!;
        const a = x[start + i]!;
        const b = x[start + i + 1]!;
        x[start + i] = a * cosine - b * sine;
        x[start + i + 1] = a * sine + b * cosine;
      }
    }
  }
}
