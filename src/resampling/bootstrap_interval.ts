import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Estimate } from "./anchors_report.ts";
import { requireInteger } from "../util/require_integer.ts";
import { sortedQuantile } from "../util/sorted_quantile.ts";

/** Options of {@linkcode bootstrapInterval}. */
export interface BootstrapIntervalOptions {
  /**
   * The coverage of the interval, above 0 and below 1.
   *
   * @default {0.95}
   */
  readonly confidence?: number;
  /**
   * The number of bootstrap resamples, at least 1.
   *
   * @default {1000}
   */
  readonly resamples?: number;
  /**
   * The seed of the random number generator, an integer: equal seeds give equal intervals.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * Returns an estimate with its percentile bootstrap confidence interval (Efron 1979): each group is
 * resampled with replacement, at its own size, and the interval is the middle part of the distribution of
 * the statistic.
 *
 * The result is deterministic. Resamples for which the statistic is `null` are ignored.
 *
 * A divergence is never negative and biased upward: if the true divergence is 0 or nearly so, the interval
 * lies above it.
 *
 * @param groups The samples, in groups that were sampled independently: for an importance, those from each
 * cut.
 * @param statistic Computes the estimate from groups like these.
 * @returns `null` if the statistic is `null` for the groups themselves or for all resamples.
 * @throws {RangeError} If an option is out of range.
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracy, bootstrapInterval } from "@rollouts/client/resampling";
 *
 * const answers = Array.from({ length: 100 }, (_, index) => index < 60 ? "50" : "51");
 * const estimate = bootstrapInterval([answers], ([drawn]) => accuracy(drawn!, "50"));
 * assertEquals(estimate?.value, 0.6);
 * assertEquals(estimate!.low > 0.45 && estimate!.high < 0.75, true);
 * ```
 */
export function bootstrapInterval<Sample>(
  groups: readonly (readonly Sample[])[],
  statistic: (groups: readonly (readonly Sample[])[]) => number | null,
  options: BootstrapIntervalOptions = {},
): Estimate | null {
  const { confidence = 0.95, resamples = 1000, seed = 0 } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `confidence must be above 0 and below 1, got ${confidence}`,
    );
  }
  requireInteger("resamples", resamples, 1);
  requireInteger("seed", seed);
  const value = statistic(groups);
  if (value === null) return null;
  const random = xoroshiro128plus(seed);
  const found: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const resample = groups.map((group) =>
      group.map(() => group[uniformInt(random, 0, group.length - 1)]!)
    );
    const result = statistic(resample);
    if (result !== null) found.push(result);
  }
  if (found.length === 0) return null;
  found.sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return {
    value,
    low: sortedQuantile(found, tail),
    high: sortedQuantile(found, 1 - tail),
  };
}
