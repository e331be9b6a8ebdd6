import { NetworkError } from "../errors.ts";
import type { SamplingPlan } from "../sampling_plan.ts";
import type { GenerateContext } from "./generate_context.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";

/**
 * Counts the stored samples of a call and estimates the cost of the others. Logs warnings about
 * parameters that the model does not support.
 *
 * @throws {CacheError} If the cache cannot be read.
 */
export async function planSamples(
  { settings, request, store, reports, log }: GenerateContext,
  runtime: () => Promise<SamplingRuntime>,
): Promise<SamplingPlan> {
  const cached = store.count();
  const missing = settings.nSamples - cached;
  if (missing === 0) {
    return {
      cached,
      missing,
      maxCostUsd: 0,
      unboundedBy: null,
      maxOffPeakCostUsd: 0,
      maxProbeCostUsd: 0,
    };
  }
  const { prices } = await runtime();
  const { baseUrl, body } = request;
  try {
    const bound = await prices.costBound(baseUrl, body);
    for (const warning of await prices.parameterWarnings(baseUrl, body)) {
      log.warn(warning);
    }
    const { unboundedBy } = bound;
    const isBounded = unboundedBy === null;
    const via = request.template === null ? "chat" : "completions";
    return {
      cached,
      missing,
      maxCostUsd: isBounded ? bound.maxUsd * missing : null,
      maxOffPeakCostUsd: isBounded ? bound.offPeakUsd * missing : null,
      unboundedBy,
      maxProbeCostUsd: request.route?.verified_prefill
        ? await (await reports()).maxCostUsd({ settings, via })
        : 0,
    };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return {
      cached,
      missing,
      maxCostUsd: null,
      maxOffPeakCostUsd: null,
      unboundedBy: error.message,
      maxProbeCostUsd: request.route?.verified_prefill ? null : 0,
    };
  }
}
