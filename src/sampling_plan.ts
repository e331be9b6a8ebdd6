/** What a call would do. */
export interface SamplingPlan {
  /** Samples that are in the cache. */
  readonly cached: number;
  /** Samples that would be requested. */
  readonly missing: number;
  /** What those can cost at their worst, in US dollars; null where the model has no price. */
  readonly maxCostUsd: number | null;
  /**
   * What a probe of the model's endpoints, which `verifyPrefill` needs first, can cost beside that, in US dollars:
   * 0 where none is needed, null where an endpoint has no price.
   */
  readonly maxProbeCostUsd: number | null;
}

/**
 * What several calls of one model would do together.
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
  let [cached, missing] = [0, 0];
  let maxCostUsd: number | null = 0;
  let maxProbeCostUsd: number | null = 0;
  for (const plan of plans) {
    cached += plan.cached;
    missing += plan.missing;
    maxCostUsd = known(maxCostUsd, plan.maxCostUsd, (a, b) => a + b);
    // One probe serves them all.
    maxProbeCostUsd = known(maxProbeCostUsd, plan.maxProbeCostUsd, Math.max);
  }
  return { cached, missing, maxCostUsd, maxProbeCostUsd };
}

function known(
  a: number | null,
  b: number | null,
  join: (a: number, b: number) => number,
): number | null {
  return a === null || b === null ? null : join(a, b);
}
