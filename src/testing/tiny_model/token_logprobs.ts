import { logSoftmax } from "./log_softmax.ts";
import { bytesOfToken, decodeTokens } from "./tokenizer.ts";

/** The log probability of a token, as responses report it. */
export interface TokenLogprob {
  /** Its text; "\uFFFD" for a byte that is not valid UTF-8 by itself. */
  readonly token: string;
  /** The natural logarithm of its probability. */
  readonly logprob: number;
  /** The bytes of its text. */
  readonly bytes: readonly number[];
}

/** The log probability of a sampled token, and of the most likely ones in its place. */
export interface TokenLogprobs extends TokenLogprob {
  readonly top_logprobs: readonly TokenLogprob[];
}

/**
 * Returns the log probabilities of a sampled token. As at most providers, they are those of the
 * model itself: temperature, top-k and the like do not change them.
 *
 * @param logits The logits from which it was sampled.
 * @param token The sampled token.
 * @param top How many of the most likely tokens to list.
 */
export function tokenLogprobs(
  logits: Float32Array,
  token: number,
  top: number,
): TokenLogprobs {
  const logprobs = logSoftmax(logits);
  const describe = (token: number): TokenLogprob => ({
    token: decodeTokens([token]),
    logprob: logprobs[token]!,
    bytes: bytesOfToken(token),
  });
  const likely = Array.from(logprobs.keys())
    .sort((a, b) => logprobs[b]! - logprobs[a]!);
  return {
    ...describe(token),
    top_logprobs: likely.slice(0, top).map(describe),
  };
}
