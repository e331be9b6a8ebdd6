import type { Random } from "../random.ts";
import { logSoftmax } from "./log_softmax.ts";

/** The parameters that change which token is sampled. */
export interface SamplingParameters {
  /** Divides the logits; 0 always picks the most likely token. */
  readonly temperature: number;
  /** How many of the most likely tokens are left; 0 for all. */
  readonly topK: number;
  /** Only the most likely tokens that together have this probability are left; 1 for all. */
  readonly topP: number;
  /** Only tokens with this share of the highest probability are left; 0 for all. */
  readonly minP: number;
}

/**
 * Samples the next token.
 *
 * It applies the temperature, then top-k ("Hierarchical Neural Story Generation", Fan et al., 2018,
 * arXiv 1805.04833), then top-p ("The Curious Case of Neural Text Degeneration", Holtzman et al.,
 * 2019, arXiv 1904.09751), then min-p ("Turning Up the Heat: Min-p Sampling for Creative and
 * Coherent LLM Outputs", Nguyen et al., 2024, arXiv 2407.01082). Top-p is a share of what top-k
 * leaves. Tokens that are tied with the last one are kept.
 *
 * @param logits The logits of the next token.
 * @param parameters Which tokens are left, and how likely they are.
 * @param random The source of the random choice. It is called at most once.
 */
export function sampleToken(
  logits: Float32Array,
  parameters: SamplingParameters,
  random: Random,
): number {
  if (parameters.temperature === 0) return mostLikely(logits);
  const probabilities = logSoftmax(logits, parameters.temperature);
  for (let token = 0; token < probabilities.length; token++) {
    probabilities[token] = Math.exp(probabilities[token]!);
  }
  return draw(probabilities, lowestLeft(probabilities, parameters), random);
}

function mostLikely(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if (logits[token]! > logits[best]!) best = token;
  }
  return best;
}

/** Returns the lowest probability of a token that is left. */
function lowestLeft(
  probabilities: Float64Array,
  { topK, topP, minP }: SamplingParameters,
): number {
  if (topK === 0 && topP === 1 && minP === 0) return 0;
  const descending = probabilities.slice().sort().reverse();
  const top = topK === 0 ? descending : descending.subarray(0, topK);
  return Math.max(
    minP * top[0]!,
    topP === 1 ? top.at(-1)! : lastOfNucleus(top, topP),
  );
}

/** Returns the last of the highest probabilities that together have the share `topP`. */
function lastOfNucleus(descending: Float64Array, topP: number): number {
  const enough = topP * descending.reduce((sum, value) => sum + value, 0);
  let mass = 0;
  for (const probability of descending) {
    mass += probability;
    if (mass >= enough) return probability;
  }
  return 0;
}

/** Draws a token that has at least the lowest probability. */
function draw(
  probabilities: Float64Array,
  lowest: number,
  random: Random,
): number {
  let mass = 0;
  for (let token = 0; token < probabilities.length; token++) {
    if (probabilities[token]! >= lowest) mass += probabilities[token]!;
  }
  let rest = random() * mass;
  let last = 0;
  for (let token = 0; token < probabilities.length; token++) {
    if (probabilities[token]! < lowest) continue;
    rest -= probabilities[token]!;
    if (rest < 0) return token;
    last = token;
  }
  // Rounding can leave a little.
  return last;
}
