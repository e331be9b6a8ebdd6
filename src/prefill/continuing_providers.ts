import { narrowProviders } from "../catalog/narrow_providers.ts";
import { isContinuation } from "../prefill_outcome.ts";
import type { ProviderPreferences } from "../prompt.ts";
import type {
  PrefillReport,
  PrefillVia,
  ProbedEndpoint,
} from "./prefill_report.ts";

/** The lowest continuation rate of an endpoint that is selected. */
const MIN_RATE = 0.9;

/**
 * Returns the endpoints that continue a prefill, as tags for `provider.only`. Endpoints that always
 * return the continuation unchanged are preferred. If there are none, the result has those that
 * continue reasoning and content in at least 90% of the samples, else those that so continue reasoning.
 *
 * @param report The report of `RolloutsClient.probePrefill`.
 * @param prefillVia How the prefill reaches the model.
 * @param preferences Limits the endpoints to those that these preferences allow.
 *
 * @example
 * ```ts
 * import { continuingProviders, RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-235b-a22b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   cacheDir: Deno.makeTempDirSync(),
 * });
 * const report = await client.probePrefill();
 * console.log({ provider: { only: continuingProviders(report, "chat") } });
 * ```
 */
export function continuingProviders(
  report: PrefillReport,
  prefillVia: PrefillVia,
  preferences: ProviderPreferences = {},
): string[] {
  // Older stored reports do not have `server`.
  const allowed = report.endpoints.filter((endpoint) =>
    endpoint.prefillVia === prefillVia && (endpoint.server ?? null) === null &&
    isAllowed(endpoint, preferences)
  );
  for (const isSelected of [isPerfect, continuesBoth, continuesReasoning]) {
    const selected = allowed.filter(isSelected);
    if (selected.length > 0) return selected.map(({ tag }) => tag);
  }
  return [];
}

/** Whether a request with these preferences may be served by an endpoint. */
function isAllowed(
  { tag, quantization }: ProbedEndpoint,
  preferences: ProviderPreferences,
): boolean {
  const { quantizations, order, allow_fallbacks } = preferences;
  const isOrdered = allow_fallbacks !== false || order === undefined ||
    narrowProviders({ only: order }, [tag]) !== null;
  return isOrdered && narrowProviders(preferences, [tag]) !== null &&
    (quantizations === undefined || quantizations.length === 0 ||
      quantizations.includes(quantization ?? "unknown"));
}

function isPerfect(endpoint: ProbedEndpoint): boolean {
  return endpoint.reasoningOutcome === "continued" &&
    endpoint.reasoningContinuationRate === 1 &&
    endpoint.contentOutcome === "continued" &&
    endpoint.contentContinuationRate === 1;
}

function continuesBoth(endpoint: ProbedEndpoint): boolean {
  const { contentOutcome, contentContinuationRate } = endpoint;
  return continuesReasoning(endpoint) && contentOutcome !== null &&
    isContinuation(contentOutcome) && contentContinuationRate >= MIN_RATE;
}

function continuesReasoning(
  { reasoningOutcome, reasoningContinuationRate }: ProbedEndpoint,
): boolean {
  return reasoningOutcome !== null && isContinuation(reasoningOutcome) &&
    reasoningContinuationRate >= MIN_RATE;
}
