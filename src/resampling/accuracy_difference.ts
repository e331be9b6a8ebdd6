import { accuracy } from "./accuracy.ts";

/**
 * Returns how much a sentence changes the accuracy: the share of correct answers with the sentence minus
 * that without it, from -1 to 1. A positive value means that the sentence helps.
 *
 * @param without The answers of continuations from the cut before the sentence; `null` for no answer.
 * @param withSentence The answers of continuations from the cut after it.
 * @param truth The correct answer.
 * @returns `null` if either side has no answer.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracyDifference } from "@rollouts/client/resampling";
 *
 * assertEquals(accuracyDifference(["50", "51", "52", "53"], ["50", "50", "50", null], "50"), 0.75);
 * ```
 */
export function accuracyDifference(
  without: readonly (string | null)[],
  withSentence: readonly (string | null)[],
  truth: string,
): number | null {
  const before = accuracy(without, truth);
  const after = accuracy(withSentence, truth);
  return before === null || after === null ? null : after - before;
}
