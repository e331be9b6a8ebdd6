import type { LlamaConfig } from "./llama_weights.ts";

/**
 * The keys and values of the tokens that a model has evaluated. With them, the model evaluates the
 * next token without the ones before it.
 */
export class KvCache {
  /** The keys in each block, one row per position. */
  readonly keys: readonly Float32Array[];
  /** The values in each block, one row per position. */
  readonly values: readonly Float32Array[];
  readonly #rowLength: number;
  #tokens: number[] = [];

  /** Creates an empty cache with room for the longest sequence. */
  constructor({ blockCount, contextLength, embeddingLength }: LlamaConfig) {
    const rows = () =>
      Array.from(
        { length: blockCount },
        () => new Float32Array(contextLength * embeddingLength),
      );
    this.keys = rows();
    this.values = rows();
    this.#rowLength = embeddingLength;
  }

  /** The tokens whose keys and values it has. */
  get tokens(): readonly number[] {
    return this.#tokens;
  }

  /** Adds tokens, after their keys and values were written to the next rows. */
  push(tokens: readonly number[]): void {
    this.#tokens.push(...tokens);
  }

  /** Removes all tokens from a position on. */
  truncate(position: number): void {
    this.#tokens.length = Math.min(this.#tokens.length, position);
  }

  /** Replaces its content with the first tokens of another cache. */
  copyPrefix(other: KvCache, length: number): void {
    const end = length * this.#rowLength;
    for (const [block, keys] of other.keys.entries()) {
      this.keys[block]!.set(keys.subarray(0, end));
      this.values[block]!.set(other.values[block]!.subarray(0, end));
    }
    this.#tokens = other.tokens.slice(0, length);
  }
}
