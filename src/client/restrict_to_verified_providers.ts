import { isServerEndpoint } from "../catalog/list_endpoints.ts";
import { narrowProviders } from "../catalog/narrow_providers.ts";
import { PrefillError } from "../errors.ts";
import { continuingProviders } from "../prefill/continuing_providers.ts";
import type { ProviderPreferences } from "../prompt.ts";
import type { PromptRequest } from "../request/build_request.ts";
import type { GenerateContext } from "./generate_context.ts";

/**
 * Restricts a request to the providers that a probe has shown to continue a prefill, if the request
 * asks for that.
 *
 * @throws {PrefillError} If there is none.
 */
export async function restrictToVerifiedProviders(
  request: PromptRequest,
  { settings, budget, reports }: GenerateContext,
): Promise<PromptRequest> {
  if (!request.route?.verified_prefill) return request;
  const via = request.template === null ? "chat" : "completions";
  const report = await (await reports()).of({ settings, via, budget });
  const preferences = preferencesOf(request);
  const tags = continuingProviders(report, via, preferences);
  if (tags.some((tag) => isServerEndpoint({ tag }, request.baseUrl))) {
    return request;
  }
  const provider = narrowProviders(preferences, tags);
  if (provider !== null) return withProvider(request, provider);
  const all = continuingProviders(report, via);
  throw new PrefillError(
    all.length === 0
      ? `no provider of ${settings.model} continues a prefill over ${via} (probed ${report.probedAt})`
      : `the option provider allows none of the providers that continue a prefill over ${via}: ` +
        `${all.join(", ")} (probed ${report.probedAt})`,
  );
}

/** Returns the request for other provider preferences. */
export function withProvider(
  request: PromptRequest,
  provider: ProviderPreferences,
): PromptRequest {
  return { ...request, sentBody: { ...request.sentBody, provider } };
}

/** Returns the provider preferences of a request. */
export function preferencesOf(
  { sentBody }: PromptRequest,
): ProviderPreferences {
  return (sentBody.provider ?? {}) as ProviderPreferences;
}
