import { answerDistribution } from "./answer_distribution.ts";
import { klDivergence, type KlDivergenceOptions } from "./kl_divergence.ts";

/**
 * Returns how much the answers with and without a sentence differ, in nats: D(answers without it ‖ answers
 * with it), as defined in "Thought Anchors" (arXiv 2506.19143). It is 0 if they do not differ, and bounded
 * only by the number of samples.
 *
 * The estimate is biased upward: under the null hypothesis that the sentence has no effect, its expected
 * value is about (V − 1)(1/n + 1/m)/2, for V answers and n and m samples.
 *
 * @param without The answers of continuations from the cut before the sentence; `null` for no answer.
 * @param withSentence The answers of continuations from the cut after it.
 * @returns `null` if either side has no answer.
 * @throws {RangeError} If alpha is not positive and finite.
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { resamplingImportance } from "@rollouts/client/resampling";
 *
 * const without = ["50", "51", "51", "50"];
 * assertEquals(resamplingImportance(without, without), 0);
 * assert(resamplingImportance(without, ["50", "50", "50", "50"])! > 0.4);
 * assertEquals(resamplingImportance(without, [null]), null);
 * ```
 */
export function resamplingImportance(
  without: readonly (string | null)[],
  withSentence: readonly (string | null)[],
  options: KlDivergenceOptions = {},
): number | null {
  const p = answerDistribution(without);
  const q = answerDistribution(withSentence);
  if (p.answered === 0 || q.answered === 0) return null;
  return klDivergence(p.counts, q.counts, options);
}
