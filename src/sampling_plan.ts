/** The cached and missing samples of a call, and the cost of the missing ones. */
export interface SamplingPlan {
  /** The number of cached samples. */
  readonly cached: number;
  /** The number of samples that would be requested. */
  readonly missing: number;
  /**
   * The most that those can cost, in US dollars, at the most expensive hour of the day. `null` if the
   * cost has no known bound, for example if the model has no price.
   */
  readonly maxCostUsd: number | null;
  /** The same, at the cheapest hour. */
  readonly maxOffPeakCostUsd: number | null;
  /** Why the cost has no known bound, or `null` if it has one. */
  readonly unboundedBy: string | null;
  /**
   * The most that a probe for `verifyPrefill` can cost in addition, in US dollars: 0 if none is needed,
   * `null` if an endpoint has no price.
   */
  readonly maxProbeCostUsd: number | null;
}

/**
 * Adds up the plans of several calls of one model, which share a probe.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type SamplingPlan, sumPlans } from "@rollouts/client";
 *
 * const plan: SamplingPlan = {
 *   cached: 2,
 *   missing: 3,
 *   maxCostUsd: 0.25,
 *   unboundedBy: null,
 *   maxOffPeakCostUsd: 0.25,
 *   maxProbeCostUsd: 0.125,
 * };
 * assertEquals(sumPlans([plan, plan]), {
 *   cached: 4,
 *   missing: 6,
 *   maxCostUsd: 0.5,
 *   unboundedBy: null,
 *   maxOffPeakCostUsd: 0.5,
 *   maxProbeCostUsd: 0.125,
 * });
 * ```
 */
export function sumPlans(plans: Iterable<SamplingPlan>): SamplingPlan {
  let [cached, missing] = [0, 0];
  let maxCostUsd: number | null = 0;
  let unboundedBy: string | null = null;
  let maxOffPeakCostUsd: number | null = 0;
  let maxProbeCostUsd: number | null = 0;
  for (const plan of plans) {
    cached += plan.cached;
    missing += plan.missing;
    maxCostUsd = known(maxCostUsd, plan.maxCostUsd, add);
    unboundedBy ??= plan.unboundedBy;
    maxOffPeakCostUsd = known(maxOffPeakCostUsd, plan.maxOffPeakCostUsd, add);
    // One probe serves them all.
    maxProbeCostUsd = known(maxProbeCostUsd, plan.maxProbeCostUsd, Math.max);
  }
  return {
    cached,
    missing,
    maxCostUsd,
    unboundedBy,
    maxOffPeakCostUsd,
    maxProbeCostUsd,
  };
}

function add(a: number, b: number): number {
  return a + b;
}

function known(
  a: number | null,
  b: number | null,
  join: (a: number, b: number) => number,
): number | null {
  return a === null || b === null ? null : join(a, b);
}
