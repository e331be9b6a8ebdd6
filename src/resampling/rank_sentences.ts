import { adjustedPValues } from "./adjusted_p_values.ts";

/** What is known of a sentence's importance before it is ranked among others. */
export interface TestedImportance {
  /** The importance. */
  readonly value: number;
  /** How likely one as high is by chance: see `permutationPValue`. */
  readonly pValue: number;
}

/** Where a sentence stands among others. */
export interface SentenceRank {
  /** The p-value, adjusted for there being many sentences: see `adjustedPValues`. */
  readonly adjustedPValue: number;
  /** Whether the importance can be told from chance: the adjusted p-value is at most 1 − confidence. */
  readonly isSignificant: boolean;
  /** The rank by importance, from 1 for the most important. Those that cannot be told from chance share the last, which is the mean of their places. */
  readonly rank: number;
}

/** Options of {@linkcode rankSentences}. */
export interface RankSentencesOptions {
  /**
   * How likely it is at least that no sentence that does nothing counts as significant, above 0 and below 1.
   *
   * @default {0.95}
   */
  readonly confidence?: number;
}

/**
 * Ranks sentences by importance, as far as it can be told from chance. A sentence that does nothing has an importance
 * above 0 all the same, of few samples; were such sentences ranked by it, most of a ranking were noise. So they share
 * one rank, as do equal importances: the mean of the places that they take.
 *
 * @param importances The importance of each sentence; null where it was not measured.
 * @returns The rank of each in the same order; null where it was not measured.
 * @throws {RangeError} Where a p-value or the confidence is out of its range.
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
  // What 1 - 0.95 is off from 0.05 must decide nothing.
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
