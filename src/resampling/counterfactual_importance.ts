import {
  type AnswerDistribution,
  answerDistribution,
} from "./answer_distribution.ts";
import { klDivergence, type KlDivergenceOptions } from "./kl_divergence.ts";
import { requireInteger } from "../util/require_integer.ts";

/** A replacement whose similarity is below this has a different meaning, by default. */
export const DEFAULT_THRESHOLD = 0.8;

/** A continuation in which another sentence replaces the one that was cut off. */
export interface Replacement {
  /** The answer, or `null` if there is none. */
  readonly answer: string | null;
  /** The similarity in meaning of the two sentences, at most 1, or `null` if unknown: see `cosineSimilarity`. */
  readonly similarity: number | null;
}

/** Options of {@linkcode counterfactualImportance}. */
export interface CounterfactualImportanceOptions extends KlDivergenceOptions {
  /**
   * A replacement with a similarity below this has a different meaning. The default is that of the code
   * of the authors of "Thought Anchors", whose similarities are cosines of embeddings by
   * all-MiniLM-L6-v2; another embedding model may need another threshold.
   *
   * @default {0.8}
   */
  readonly threshold?: number;
  /**
   * How many answered replacements must have a different meaning, at least 1: the distribution of fewer
   * answers says little.
   *
   * @default {5}
   */
  readonly minDifferent?: number;
}

/**
 * Returns how much the answers with a sentence differ from those with a sentence of another meaning in its
 * place, in nats: D(answers with another sentence ‖ answers with it), as defined in "Thought Anchors"
 * (arXiv 2506.19143).
 *
 * Of the continuations without the sentence, those with a replacement of another meaning are one group.
 * Those whose replacement says the same in other words join the continuations with the sentence, as in the
 * authors' code. Those of unknown similarity are ignored.
 *
 * @param without The continuations from the cut before the sentence.
 * @param withSentence The answers of continuations from the cut after it; `null` for no answer.
 * @returns `null` if fewer than `minDifferent` answered replacements differ, or the other group has no answer.
 * @throws {RangeError} If alpha is not positive and finite, the threshold is `NaN`, or minDifferent is not a
 * positive integer.
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { counterfactualImportance } from "@rollouts/client/resampling";
 *
 * const withSentence = ["50", "50", "50", "50"];
 * const same = { answer: "50", similarity: 0.95 };
 * const other = { answer: "51", similarity: 0.3 };
 * const without = [same, same, other, other, other, other, other];
 * assert(counterfactualImportance(without, withSentence)! > 1);
 * assertEquals(counterfactualImportance([same, other], withSentence), null);
 * ```
 */
export function counterfactualImportance(
  without: readonly Replacement[],
  withSentence: readonly (string | null)[],
  options: CounterfactualImportanceOptions = {},
): number | null {
  const { alpha } = options;
  const groups = counterfactualAnswers(without, withSentence, options);
  if (groups === null) return null;
  const { different, others } = groups;
  return klDivergence(different.counts, others.counts, { alpha });
}

/** Returns the two groups of answers that {@linkcode counterfactualImportance} compares, or `null` as it does. */
export function counterfactualAnswers(
  without: readonly Replacement[],
  withSentence: readonly (string | null)[],
  { threshold = DEFAULT_THRESHOLD, minDifferent = 5 }:
    CounterfactualImportanceOptions = {},
): Record<"different" | "others", AnswerDistribution> | null {
  if (Number.isNaN(threshold)) {
    throw new RangeError("threshold must be a number, got NaN");
  }
  requireInteger("minDifferent", minDifferent, 1);
  const compared = without.filter(({ similarity }) => similarity !== null);
  const isDifferent = ({ similarity }: Replacement) => similarity! < threshold;
  const same = compared.filter((replacement) => !isDifferent(replacement));
  const different = answerDistribution(
    compared.filter(isDifferent).map(({ answer }) => answer),
  );
  const others = answerDistribution([
    ...withSentence,
    ...same.map(({ answer }) => answer),
  ]);
  return different.answered < minDifferent || others.answered === 0
    ? null
    : { different, others };
}
