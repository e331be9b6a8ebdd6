/**
 * Returns the share of correct answers among the samples that have an answer, or `null` if none has.
 *
 * Samples without an answer (`null`) are ignored, as in the code of the authors of "Thought Anchors".
 *
 * @param answers The answers, in which equal answers are the same text: see `answerClasses`.
 * @param truth The correct answer.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracy } from "@rollouts/client/resampling";
 *
 * assertEquals(accuracy(["50", "51", null, "50", "50"], "50"), 0.75);
 * assertEquals(accuracy([null], "50"), null);
 * ```
 */
export function accuracy(
  answers: readonly (string | null)[],
  truth: string,
): number | null {
  const answered = answers.filter((answer) => answer !== null);
  const correct = answered.filter((answer) => answer === truth);
  return answered.length === 0 ? null : correct.length / answered.length;
}
