import { adjustedPValues } from "./adjusted_p_values.ts";

/** An importance with its p-value. */
export interface TestedImportance {
  /** The estimated importance. */
  readonly value: number;
  /** The p-value under the null hypothesis that the sentence has no effect: see `permutationPValue`. */
  readonly pValue: number;
}

/** The significance and rank of a sentence's importance. */
export interface SentenceRank {
  /** The p-value adjusted for multiple testing: see `adjustedPValues`. */
  readonly adjustedPValue: number;
  /** Whether the importance is significant: the adjusted p-value is at most 1 − confidence. */
  readonly isSignificant: boolean;
  /** The rank by importance, from 1 for the most important sentence. All sentences that are not significant share the mean of the last ranks. */
  readonly rank: number;
}

/** Options of {@linkcode rankSentences}. */
export interface RankSentencesOptions {
  /**
   * 1 minus the significance level, above 0 and below 1. The level bounds the family-wise error rate.
   *
   * @default {0.95}
   */
  readonly confidence?: number;
}

/**
 * Ranks sentences by importance. Sentences that are not significant share one rank, because their
 * estimates, which are biased upward, would rank them by noise. Ties get the mean of their ranks.
 *
 * @param importances The importance of each sentence, or `null` if it was not estimated.
 * @returns The rank of each sentence, in the same order, or `null` if its importance was not estimated.
 * @throws {RangeError} If a p-value or the confidence is out of range.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rankSentences } from "@rollouts/client/resampling";
 *
 * const ranks = rankSentences([
 *   { value: 0.04, pValue: 0.3 },
 *   { value: 0.9, pValue: 0.001 },
 *   null,
 *   { value: 0.06, pValue: 0.2 },
 *   { value: 1.2, pValue: 0.001 },
 * ]);
 * assertEquals(ranks.map((found) => found?.rank), [3.5, 2, undefined, 3.5, 1]);
 * assertEquals(ranks[1], { adjustedPValue: 0.004, isSignificant: true, rank: 2 });
 * ```
 */
export function rankSentences(
  importances: readonly (TestedImportance | null)[],
  { confidence = 0.95 }: RankSentencesOptions = {},
): (SentenceRank | null)[] {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `confidence must be above 0 and below 1, got ${confidence}`,
    );
  }
  const measured = importances.filter((importance) => importance !== null);
  const adjusted = adjustedPValues(measured.map(({ pValue }) => pValue));
  // The tolerance absorbs the rounding error of 1 - 0.95.
  const level = 1 - confidence + 1e-12;
  const values = measured.map(({ value }, i) =>
    adjusted[i]! <= level ? value : -Infinity
  );
  let at = 0;
  return importances.map((importance) => {
    if (importance === null) return null;
    const value = values[at]!;
    const higher = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return {
      adjustedPValue: adjusted[at++]!,
      isSignificant: value > -Infinity,
      rank: higher + (equal + 1) / 2,
    };
  });
}
