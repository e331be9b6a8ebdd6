import type { SamplingPlan } from "../sampling_plan.ts";
import type { GenerateContext } from "./generate_context.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";

/**
 * Counts the stored samples of a call and estimates the cost of the others. Logs warnings about
 * parameters that the model does not support.
 *
 * @throws {CacheError} If the cache cannot be read.
 * @throws {NetworkError} If samples are missing and the prices cannot be fetched.
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
      maxOffPeakCostUsd: 0,
      maxProbeCostUsd: 0,
    };
  }
  const { prices } = await runtime();
  const bound = await prices.costBound(request.baseUrl, request.body);
  const { baseUrl, body } = request;
  for (const warning of await prices.parameterWarnings(baseUrl, body)) {
    log.warn(warning);
  }
  const isBounded = bound.unboundedBy === null;
  const maxCostUsd = isBounded ? bound.maxUsd * missing : null;
  const maxOffPeakCostUsd = isBounded ? bound.offPeakUsd * missing : null;
  const via = request.template === null ? "chat" : "completions";
  const maxProbeCostUsd = request.route?.verified_prefill
    ? await (await reports()).maxCostUsd({ settings, via })
    : 0;
  return { cached, missing, maxCostUsd, maxOffPeakCostUsd, maxProbeCostUsd };
}
