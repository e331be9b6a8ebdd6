/** The distribution of answers over samples. */
export interface AnswerDistribution {
  /** How many samples have each answer, in the order of their first occurrence. */
  readonly counts: ReadonlyMap<string, number>;
  /** The share of each answer among the samples that have one; they add up to 1. */
  readonly shares: ReadonlyMap<string, number>;
  /** How many samples have an answer. */
  readonly answered: number;
  /** How many samples have no answer. */
  readonly unanswered: number;
}

/**
 * Counts answers. Equal answers must be the same text: see `answerClasses`.
 *
 * A sample without an answer (`null`) is counted separately and is in no share, as in the code of the
 * authors of "Thought Anchors". Most such samples were truncated, and what they would have answered is
 * unknown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { answerDistribution } from "@rollouts/client/resampling";
 *
 * const { counts, shares, unanswered } = answerDistribution(["50", "50", null, "51", "50"]);
 * assertEquals([...counts], [["50", 3], ["51", 1]]);
 * assertEquals(shares.get("50"), 0.75);
 * assertEquals(unanswered, 1);
 * ```
 */
export function answerDistribution(
  answers: readonly (string | null)[],
): AnswerDistribution {
  const counts = new Map<string, number>();
  let answered = 0;
  for (const answer of answers) {
    if (answer === null) continue;
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
    answered++;
  }
  const shares = new Map<string, number>();
  for (const [answer, count] of counts) shares.set(answer, count / answered);
  return { counts, shares, answered, unanswered: answers.length - answered };
}
