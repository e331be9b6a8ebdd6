import { decodeFloats, type EncodedTensor } from "./decode_floats.ts";

/** The sizes and constants of a model of the Llama family. */
export interface LlamaConfig {
  /** The longest sequence, in tokens. */
  readonly contextLength: number;
  /** The length of a token's vector. */
  readonly embeddingLength: number;
  /** The length of the vectors inside a feed-forward network. */
  readonly feedForwardLength: number;
  /** The number of transformer blocks. */
  readonly blockCount: number;
  /** The number of attention heads. */
  readonly headCount: number;
  /** The number of different tokens. */
  readonly vocabularySize: number;
  /** The epsilon of RMSNorm. */
  readonly rmsEpsilon: number;
  /** The base of the wavelengths of RoPE. */
  readonly ropeBase: number;
}

/** The weights of a transformer block. A matrix is stored row by row, one row per output. */
export interface BlockWeights {
  readonly attentionNorm: Float32Array;
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly attentionOutput: Float32Array;
  readonly feedForwardNorm: Float32Array;
  readonly gate: Float32Array;
  readonly up: Float32Array;
  readonly down: Float32Array;
}

/** All weights of a model. */
export interface LlamaWeights {
  readonly config: LlamaConfig;
  /** One row per token. */
  readonly embedding: Float32Array;
  readonly blocks: readonly BlockWeights[];
  readonly outputNorm: Float32Array;
  readonly output: Float32Array;
}

/**
 * A file of weights, as `scripts/update_tiny_model.ts` writes it. The names of tensors are those of
 * GGUF.
 */
export interface WeightsFile {
  readonly config: LlamaConfig;
  readonly tensors: Readonly<Record<string, EncodedTensor>>;
}

/**
 * Decodes a file of weights.
 *
 * @throws {RangeError} If a tensor is missing or has an unknown format.
 */
export function decodeLlamaWeights(
  { config, tensors }: WeightsFile,
): LlamaWeights {
  const tensor = (name: string) => {
    const encoded = tensors[`${name}.weight`];
    if (encoded === undefined) throw new RangeError(`no tensor "${name}"`);
    return decodeFloats(encoded);
  };
  return {
    config,
    embedding: tensor("token_embd"),
    blocks: Array.from({ length: config.blockCount }, (_, block) => ({
      attentionNorm: tensor(`blk.${block}.attn_norm`),
      query: tensor(`blk.${block}.attn_q`),
      key: tensor(`blk.${block}.attn_k`),
      value: tensor(`blk.${block}.attn_v`),
      attentionOutput: tensor(`blk.${block}.attn_output`),
      feedForwardNorm: tensor(`blk.${block}.ffn_norm`),
      gate: tensor(`blk.${block}.ffn_gate`),
      up: tensor(`blk.${block}.ffn_up`),
      down: tensor(`blk.${block}.ffn_down`),
    })),
    outputNorm: tensor("output_norm"),
    output: tensor("output"),
  };
}
