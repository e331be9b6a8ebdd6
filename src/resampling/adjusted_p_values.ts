/**
 * Adjusts the p-values of many tests so that comparing them with a level, such as 0.05, controls the
 * family-wise error rate: the probability that any true null hypothesis is rejected is at most that level.
 * This is Holm's method, "A Simple Sequentially Rejective Multiple Test Procedure" (1979).
 *
 * The i-th smallest of m p-values becomes the maximum of (m − j + 1) · p_j over all j ≤ i, and at most 1.
 *
 * Holm's method is valid under any dependence between the tests. Those of neighboring sentences depend on
 * each other: the samples with one sentence are the samples without the next. The procedure of Benjamini
 * and Hochberg (1995) has more power but controls only the false discovery rate, and not under every
 * dependence.
 *
 * @param pValues The p-values, each from 0 to 1.
 * @returns The adjusted p-values, in the same order.
 * @throws {RangeError} If a p-value is out of range.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { adjustedPValues } from "@rollouts/client/resampling";
 *
 * assertEquals(adjustedPValues([0.25, 0.0625, 0.125]), [0.25, 0.1875, 0.25]);
 * ```
 */
export function adjustedPValues(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    const pValue = pValues[index]!;
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new RangeError(`a p-value must be from 0 to 1, got ${pValue}`);
    }
    highest = Math.max(highest, (pValues.length - rank) * pValue);
    adjusted[index] = Math.min(1, highest);
  }
  return adjusted;
}
