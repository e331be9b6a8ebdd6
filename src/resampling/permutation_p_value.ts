import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { klDivergence, type KlDivergenceOptions } from "./kl_divergence.ts";

/** Options of {@linkcode permutationPValue}. */
export interface PermutationPValueOptions extends KlDivergenceOptions {
  /**
   * How many times the samples are dealt anew, at least 1. The p-value is never below 1 / (permutations + 1).
   *
   * @default {9999}
   */
  readonly permutations?: number;
  /**
   * Where the random numbers begin, an integer: the same one gives the same p-value.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * How likely a divergence as high as that of the first distribution of answers from the second is by chance alone,
 * were the sentence between them to do nothing: a permutation test, whose statistic is the importance itself.
 *
 * Did it nothing, the samples of both sides would be of one kind, and whichever stand on either side be chance. So
 * they are dealt anew, at random and as many to each side as it has, and of `m` deals those are counted whose
 * divergence is not below the one that was found, `b`. The p-value is (b + 1)/(m + 1), which is never 0, and holds
 * its level for any m: Phipson and Smyth, "Permutation P-values Should Never Be Zero" (2010).
 *
 * Nothing is assumed of the number of samples or answers. Deterministic.
 *
 * @param p How many samples have each answer: `counts` of `answerDistribution`, of those without the sentence.
 * @param q The same, of those with it.
 * @throws {RangeError} Where a side has no samples or counts that are no whole numbers, or an option is out of its
 * range.
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { permutationPValue } from "@rollouts/client/resampling";
 *
 * const without = new Map([["50", 60], ["51", 40]]);
 * assert(permutationPValue(without, new Map([["50", 90], ["51", 10]])) < 0.001);
 * assert(permutationPValue(without, new Map([["50", 62], ["51", 38]])) > 0.5);
 * assertEquals(permutationPValue(without, without), 1);
 * ```
 */
export function permutationPValue(
  p: ReadonlyMap<string, number>,
  q: ReadonlyMap<string, number>,
  { alpha = 0.5, permutations = 9_999, seed = 0 }: PermutationPValueOptions =
    {},
): number {
  if (!Number.isSafeInteger(permutations) || permutations < 1) {
    throw new RangeError(
      `permutations must be an integer of 1 or more, got ${permutations}`,
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`seed must be an integer, got ${seed}`);
  }
  for (const count of [...p.values(), ...q.values()]) {
    if (Number.isInteger(count)) continue;
    throw new RangeError(`counts must be whole numbers, got ${count}`);
  }
  // For what it throws.
  klDivergence(p, q, { alpha });
  const answers = [...new Set([...p.keys(), ...q.keys()])];
  const found = answers.map((answer) => p.get(answer) ?? 0);
  const totals = answers.map((answer, i) => found[i]! + (q.get(answer) ?? 0));
  const statistic = dealtDivergence(totals, alpha);
  // Equal deals may differ by rounding.
  const least = statistic(found) - 1e-9;
  const deal = dealer(totals, found.reduce((sum, count) => sum + count), seed);
  let atLeast = 0;
  for (let round = 0; round < permutations; round++) {
    if (statistic(deal()) >= least) atLeast++;
  }
  return (atLeast + 1) / (permutations + 1);
}

/**
 * What orders deals of the same samples as `klDivergence` does: of its terms only the sum of
 * (count of a + alpha) · ln((count of a + alpha) / (count of a on the other side + alpha)) differs between them.
 */
function dealtDivergence(
  totals: readonly number[],
  alpha: number,
): (counts: ArrayLike<number>) => number {
  // Looked up, since logarithms would take most of the time.
  const logarithms = Float64Array.from(
    { length: Math.max(...totals) + 1 },
    (_, count) => Math.log(count + alpha),
  );
  return (counts) => {
    let sum = 0;
    for (let i = 0; i < totals.length; i++) {
      const count = counts[i]!;
      sum += (count + alpha) *
        (logarithms[count]! - logarithms[totals[i]! - count]!);
    }
    return sum;
  };
}

/** Deals so many of the samples, and counts how many of each answer there are among them. */
function dealer(
  totals: readonly number[],
  dealt: number,
  seed: number,
): () => ArrayLike<number> {
  const random = xoroshiro128plus(seed);
  const samples = Int32Array.from(
    totals.flatMap((total, answer) => new Array<number>(total).fill(answer)),
  );
  const counts = new Int32Array(totals.length);
  return () => {
    counts.fill(0);
    // The first steps of Fisher's and Yates's shuffle.
    for (let i = 0; i < dealt; i++) {
      // Uneven by less than one in ten million, at a third of the time that it takes to be even.
      const share = (random.next() >>> 0) / 2 ** 32;
      const at = i + Math.floor(share * (samples.length - i));
      const answer = samples[at]!;
      samples[at] = samples[i]!;
      samples[i] = answer;
      counts[answer]!++;
    }
    return counts;
  };
}
