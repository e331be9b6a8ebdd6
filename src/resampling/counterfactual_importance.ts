import {
  counterfactualAnswers,
  type Replacement,
} from "./counterfactual_answers.ts";
import { klDivergence, type KlDivergenceOptions } from "./kl_divergence.ts";

/** Options of {@linkcode counterfactualImportance}. */
export interface CounterfactualImportanceOptions extends KlDivergenceOptions {
  /**
   * A replacement whose similarity is below this differs in meaning. The default is that of the code of the authors
   * of "Thought Anchors", whose similarities are cosines of embeddings by all-MiniLM-L6-v2; another model may
   * need another.
   *
   * @default {0.8}
   */
  readonly threshold?: number;
  /**
   * How many replacements with an answer must differ in meaning, at least 1: of fewer, the distribution of their answers
   * says little.
   *
   * @default {5}
   */
  readonly minDifferent?: number;
}

/**
 * How much the answers differ with a sentence and with one of another meaning in its place, in nats:
 * D(answers with another ‖ answers with it), as "Thought Anchors" (arXiv 2506.19143) has it.
 *
 * Of the continuations without the sentence, those whose replacement differs in meaning stand on one side. The others
 * say the same in other words, and join the continuations with the sentence, as in the authors' code. One
 * whose similarity is not known joins neither.
 *
 * @param without The continuations from the cut before the sentence.
 * @param withIt The answers of continuations from the cut behind it; null where there is none.
 * @returns Null where fewer than `minDifferent` with an answer differ, or the other side has no answer at all.
 * @throws {RangeError} Where alpha is not above 0 and finite, the threshold is not a number, or minDifferent is not an
 * integer of 1 or more.
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { counterfactualImportance } from "@rollouts/client/resampling";
 *
 * const withIt = ["50", "50", "50", "50"];
 * const same = { answer: "50", similarity: 0.95 };
 * const other = { answer: "51", similarity: 0.3 };
 * const without = [same, same, other, other, other, other, other];
 * assert(counterfactualImportance(without, withIt)! > 1);
 * assertEquals(counterfactualImportance([same, other], withIt), null);
 * ```
 */
export function counterfactualImportance(
  without: readonly Replacement[],
  withIt: readonly (string | null)[],
  options: CounterfactualImportanceOptions = {},
): number | null {
  const { alpha } = options;
  const sides = counterfactualAnswers(without, withIt, options);
  if (sides === null) return null;
  const { different, others } = sides;
  return klDivergence(different.counts, others.counts, { alpha });
}
