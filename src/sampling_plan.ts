/** What a call would do. */
export interface SamplingPlan {
  /** Samples that are in the cache. */
  readonly cached: number;
  /** Samples that would be requested. */
  readonly missing: number;
  /** What those can cost at their worst, in US dollars; null where the model has no price. */
  readonly maxCostUsd: number | null;
}
