import { ApiError, NetworkError } from "../errors.ts";
import { isOpenRouter } from "../openrouter_url.ts";
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
  context: GenerateContext,
  runtime: () => Promise<SamplingRuntime>,
): Promise<SamplingPlan> {
  const cached = await context.store.count();
  const missing = context.settings.nSamples - cached;
  const cost = missing === 0
    ? FREE
    : await costOf(missing, context, await runtime());
  return { cached, missing, ...cost };
}

type PlannedCost = Omit<SamplingPlan, "cached" | "missing">;

const FREE: PlannedCost = {
  maxCostUsd: 0,
  maxOffPeakCostUsd: 0,
  unboundedBy: null,
  maxProbeCostUsd: 0,
};

async function costOf(
  missing: number,
  { settings, request, reports, log }: GenerateContext,
  { prices }: SamplingRuntime,
): Promise<PlannedCost> {
  const { baseUrl, body, template } = request;
  const needsProbe = request.route?.verified_prefill === true;
  try {
    const { unboundedBy, maxUsd, offPeakUsd } = await prices.costBound(
      baseUrl,
      body,
      settings,
    );
    const warnings = await prices.parameterWarnings(baseUrl, body, settings);
    for (const warning of warnings) log.warn(warning);
    const isBounded = unboundedBy === null;
    const via = template === null ? "chat" : "completions";
    return {
      maxCostUsd: isBounded ? maxUsd * missing : null,
      maxOffPeakCostUsd: isBounded ? offPeakUsd * missing : null,
      unboundedBy,
      maxProbeCostUsd: needsProbe
        ? await (await reports()).maxCostUsd({ settings, via })
        : 0,
    };
  } catch (error) {
    const isUnavailable = error instanceof NetworkError ||
      (error instanceof ApiError && !isOpenRouter(baseUrl));
    if (!isUnavailable) throw error;
    return {
      maxCostUsd: null,
      maxOffPeakCostUsd: null,
      unboundedBy: error.message,
      maxProbeCostUsd: needsProbe ? null : 0,
    };
  }
}
