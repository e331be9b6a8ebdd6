import type { TokenLogprob } from "./logprobs.ts";

/** A token of a given text, and its log-probability given everything before it. */
export interface ScoredToken extends TokenLogprob {
  /** The natural logarithm of its probability. */
  readonly logprob: number;
  /** Its offset in the text, in UTF-16 code units. */
  readonly offset: number;
}

/** How likely a model is to write a given text. */
export interface Score {
  /** The text. */
  readonly text: string;
  /** Its tokens. */
  readonly tokens: readonly ScoredToken[];
  /** The sum of their log-probabilities: the logarithm of the probability of the text. */
  readonly sum: number;
  /** The mean log-probability of a token, or `NaN` if there are no tokens. */
  readonly mean: number;
  /** The perplexity, `exp(-mean)`. */
  readonly perplexity: number;
}

/** Returns the score of a text with the given tokens. */
export function scoreOf(text: string, tokens: readonly ScoredToken[]): Score {
  const sum = tokens.reduce((total, { logprob }) => total + logprob, 0);
  const mean = sum / tokens.length;
  return { text, tokens, sum, mean, perplexity: Math.exp(-mean) };
}
