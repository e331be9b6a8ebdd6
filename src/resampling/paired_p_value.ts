import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { requireInteger } from "../util/require_integer.ts";

/** Options of {@linkcode pairedPValue}. */
export interface PairedPValueOptions {
  /**
   * The number of random sign changes, at least 1. The p-value is never below 1 / (permutations + 1).
   *
   * @default {9999}
   */
  readonly permutations?: number;
  /**
   * The seed of the random number generator, an integer: equal seeds give equal p-values.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** With at most this many differences, all sign changes are enumerated. */
const MAX_ENUMERATED = 13;

/**
 * Returns the two-sided p-value of a paired permutation test: whether the mean of the differences between
 * two measurements of the same items, such as seeds, is 0.
 *
 * Under the null hypothesis, both measurements of an item are exchangeable, so its difference is equally
 * likely to have either sign. With at most 13 differences that are not 0, the p-value is the exact share of
 * the sign changes whose mean is at least as far from 0. Otherwise it is (b + 1)/(m + 1), where b of m random
 * sign changes have such a mean: Phipson and Smyth, "Permutation P-values Should Never Be Zero" (2010). For
 * differences of right and wrong answers, this is McNemar's test. The result is deterministic.
 *
 * @param differences The differences, one for each item; without any the p-value is 1.
 * @throws {RangeError} If a difference is not finite, or an option is out of range.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pairedPValue } from "@rollouts/client/resampling";
 *
 * // Only the second model is right on five seeds, and only the first on none.
 * assertEquals(pairedPValue([1, 1, 0, 1, 1, 1, 0]), 2 / 2 ** 5);
 * assertEquals(pairedPValue([1, -1, 0]), 1);
 * ```
 */
export function pairedPValue(
  differences: readonly number[],
  { permutations = 9_999, seed = 0 }: PairedPValueOptions = {},
): number {
  requireInteger("permutations", permutations, 1);
  requireInteger("seed", seed);
  for (const difference of differences) {
    if (Number.isFinite(difference)) continue;
    throw new RangeError(`differences must be finite, got ${difference}`);
  }
  const sizes = Float64Array.from(differences.filter((value) => value !== 0));
  const observed = Math.abs(sizes.reduce((sum, value) => sum + value, 0));
  const largest = sizes.reduce((sum, value) => sum + Math.abs(value), 0);
  // Equal sums may differ by rounding.
  const threshold = observed - 1e-12 * largest;
  if (sizes.length <= MAX_ENUMERATED) return exactShare(sizes, threshold);
  const random = xoroshiro128plus(seed);
  let atLeast = 0;
  for (let round = 0; round < permutations; round++) {
    let sum = 0;
    let bits = 0;
    for (let i = 0; i < sizes.length; i++) {
      if (i % 32 === 0) bits = random.next();
      sum += bits & 1 ? sizes[i]! : -sizes[i]!;
      bits >>>= 1;
    }
    if (Math.abs(sum) >= threshold) atLeast++;
  }
  return (atLeast + 1) / (permutations + 1);
}

function exactShare(sizes: Float64Array, threshold: number): number {
  const all = 2 ** sizes.length;
  let atLeast = 0;
  for (let signs = 0; signs < all; signs++) {
    const sum = sizes.reduce(
      (sum, value, i) => sum + (signs >> i & 1 ? value : -value),
      0,
    );
    if (Math.abs(sum) >= threshold) atLeast++;
  }
  return atLeast / all;
}
