/** The cached and missing samples of a call, and the cost of the missing ones. */
export interface SamplingPlan {
  /** The number of cached samples. */
  readonly cached: number;
  /** The number of samples that would be requested. */
  readonly missing: number;
  /** The most that they can cost, in US dollars, or `null` if the model has no price. */
  readonly maxCostUsd: number | null;
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
 * const plan: SamplingPlan = { cached: 2, missing: 3, maxCostUsd: 0.25, maxProbeCostUsd: 0.125 };
 * assertEquals(sumPlans([plan, plan]), {
 *   cached: 4,
 *   missing: 6,
 *   maxCostUsd: 0.5,
 *   maxProbeCostUsd: 0.125,
 * });
 * ```
 */
export function sumPlans(plans: Iterable<SamplingPlan>): SamplingPlan {
  const sum = { cached: 0, missing: 0 };
  let maxCostUsd: number | null = 0;
  let maxProbeCostUsd: number | null = 0;
  for (const plan of plans) {
    sum.cached += plan.cached;
    sum.missing += plan.missing;
    maxCostUsd = maxCostUsd === null || plan.maxCostUsd === null
      ? null
      : maxCostUsd + plan.maxCostUsd;
    maxProbeCostUsd = maxProbeCostUsd === null || plan.maxProbeCostUsd === null
      ? null
      : Math.max(maxProbeCostUsd, plan.maxProbeCostUsd);
  }
  return { ...sum, maxCostUsd, maxProbeCostUsd };
}
