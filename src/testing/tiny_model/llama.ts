import { attention } from "./attention.ts";
import type { KvCache } from "./kv_cache.ts";
import { linear } from "./linear.ts";
import type {
  BlockWeights,
  LlamaConfig,
  LlamaWeights,
} from "./llama_weights.ts";
import { rmsNorm } from "./rms_norm.ts";
import { RotaryEmbedding } from "./rotary_embedding.ts";
import { swiglu } from "./swiglu.ts";

/**
 * A decoder-only transformer of the Llama family: in each block, attention and a feed-forward
 * network, both after RMSNorm and with a residual connection.
 *
 * Source: section 2.2 of "LLaMA: Open and Efficient Foundation Language Models" (Touvron et al.,
 * 2023, arXiv 2302.13971).
 */
export class Llama {
  /** Its sizes and constants. */
  readonly config: LlamaConfig;
  readonly #weights: LlamaWeights;
  readonly #rotary: RotaryEmbedding;

  /** Creates a model with the given weights. */
  constructor(weights: LlamaWeights) {
    this.config = weights.config;
    this.#weights = weights;
    this.#rotary = new RotaryEmbedding(weights.config);
  }

  /**
   * Evaluates tokens after those in `cache`, and returns the logits of the token after them.
   *
   * @param tokens At least one token.
   * @param cache The keys and values of the tokens before. Those of `tokens` are added.
   * @throws {RangeError} If `tokens` is empty, or the sequence is longer than the context.
   */
  evaluate(tokens: readonly number[], cache: KvCache): Float32Array {
    const { contextLength, embeddingLength } = this.config;
    const { blocks, outputNorm, output } = this.#weights;
    const length = cache.tokens.length + tokens.length;
    if (tokens.length === 0 || length > contextLength) {
      throw new RangeError(
        `${tokens.length} new tokens, ${length} in all: expected at least 1, ` +
          `and at most ${contextLength} in all`,
      );
    }
    let residual = this.#embed(tokens);
    for (const [index, block] of blocks.entries()) {
      const normed = this.#norm(residual, block.attentionNorm);
      this.#cacheKeysAndValues(normed, block, { cache, index });
      // Of the last block, only the result for the last token is needed.
      const first = index < blocks.length - 1 ? 0 : -embeddingLength;
      residual = residual.subarray(first);
      const queries = this.#multiply(block.query, normed.subarray(first));
      const attended = this.#attend(queries, { cache, index, length });
      addTo(residual, this.#multiply(block.attentionOutput, attended));
      addTo(residual, this.#feedForward(residual, block));
    }
    cache.push(tokens);
    return this.#multiply(output, this.#norm(residual, outputNorm));
  }

  #embed(tokens: readonly number[]): Float32Array {
    const { embeddingLength } = this.config;
    const vectors = new Float32Array(tokens.length * embeddingLength);
    for (const [index, token] of tokens.entries()) {
      const start = token * embeddingLength;
      const row = this.#weights.embedding
        .subarray(start, start + embeddingLength);
      vectors.set(row, index * embeddingLength);
    }
    return vectors;
  }

  #cacheKeysAndValues(
    normed: Float32Array,
    { key, value }: BlockWeights,
    { cache, index }: CachedBlock,
  ): void {
    const { embeddingLength } = this.config;
    const position = cache.tokens.length;
    const start = position * embeddingLength;
    const end = start + normed.length;
    const keys = cache.keys[index]!.subarray(start, end);
    const values = cache.values[index]!.subarray(start, end);
    linear(key, normed, keys, embeddingLength);
    linear(value, normed, values, embeddingLength);
    this.#rotary.rotate(keys, position);
  }

  #attend(
    queries: Float32Array,
    { cache, index, length }: CachedBlock & { readonly length: number },
  ): Float32Array {
    const { embeddingLength, headCount } = this.config;
    const keys = cache.keys[index]!;
    const values = cache.values[index]!;
    const first = length - queries.length / embeddingLength;
    this.#rotary.rotate(queries, first);
    const mixed = new Float32Array(queries.length);
    for (let position = first; position < length; position++) {
      const start = (position - first) * embeddingLength;
      const end = start + embeddingLength;
      attention(
        queries.subarray(start, end),
        { keys, values, length: position + 1 },
        headCount,
        mixed.subarray(start, end),
      );
    }
    return mixed;
  }

  #feedForward(
    residual: Float32Array,
    { feedForwardNorm, gate, up, down }: BlockWeights,
  ): Float32Array {
    const normed = this.#norm(residual, feedForwardNorm);
    const gated = this.#multiply(gate, normed);
    swiglu(gated, this.#multiply(up, normed));
    return this.#multiply(down, gated, this.config.feedForwardLength);
  }

  #norm(x: Float32Array, weights: Float32Array): Float32Array {
    return rmsNorm(x, weights, this.config.rmsEpsilon);
  }

  #multiply(
    weights: Float32Array,
    x: Float32Array,
    columns = this.config.embeddingLength,
  ): Float32Array {
    const rows = weights.length / columns;
    const y = new Float32Array(x.length / columns * rows);
    linear(weights, x, y, columns);
    return y;
  }
}

/** A block's keys and values in a cache. */
interface CachedBlock {
  readonly cache: KvCache;
  /** The index of the block. */
  readonly index: number;
}

function addTo(sum: Float32Array, x: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += x[i]!;
}
