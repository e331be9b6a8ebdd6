import { routeOf } from "../prefill/route_of.ts";
import type { SamplingPlan } from "../sampling_plan.ts";
import type { Call } from "./call.ts";
import type { LazySource } from "./lazy_source.ts";

/**
 * What a call would find in the cache, and what the rest could cost.
 *
 * @throws {CacheError} Where the cache cannot be read.
 * @throws {NetworkError} Where samples are missing and no prices are to be had.
 */
export async function planSamples(
  { settings, plan, cache, reports }: Call,
  source: LazySource,
): Promise<SamplingPlan> {
  const cached = cache.load().size;
  const missing = settings.nSamples - cached;
  if (missing === 0) {
    return { cached, missing, maxCostUsd: 0, maxProbeCostUsd: 0 };
  }
  const worstUsd = await (await source.load()).worstCostUsd(plan);
  const maxCostUsd = worstUsd === null ? null : worstUsd * missing;
  const maxProbeCostUsd = plan.route?.verified_prefill
    ? await (await reports()).maxCostUsd({ settings, route: routeOf(plan) })
    : 0;
  return { cached, missing, maxCostUsd, maxProbeCostUsd };
}
