/**
 * P-values of many tests, each adjusted for there being many: those that are at most a level, such as 0.05, are so
 * with a chance of at most that level that even one of them is by chance. By Holm, "A Simple Sequentially
 * Rejective Multiple Test Procedure" (1979).
 *
 * The i-th smallest of m, from 1, becomes the highest of (m − j + 1) · p of all j up to i, and at most 1.
 *
 * Holm's procedure asks for nothing of how the tests hang together. Those of neighbouring sentences do: the samples
 * with the one are those without the other. The procedure of Benjamini and Hochberg (1995) finds more, but allows a
 * share of what it finds to be chance, and holds that share only for tests that do not pull against each other.
 *
 * @param pValues The p-values, each from 0 to 1.
 * @returns The adjusted ones, in their order.
 * @throws {RangeError} Where one is out of its range.
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
  for (const [place, index] of order.entries()) {
    const pValue = pValues[index]!;
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new RangeError(`a p-value must be from 0 to 1, got ${pValue}`);
    }
    highest = Math.max(highest, (pValues.length - place) * pValue);
    adjusted[index] = Math.min(1, highest);
  }
  return adjusted;
}
