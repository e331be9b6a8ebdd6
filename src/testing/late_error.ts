import type { MockGeneration } from "./completion_body.ts";
import type { LateErrorFault } from "./faults.ts";

/** The message that stands in place of the provider's own. */
export const DEFAULT_ERROR_MESSAGE = "Provider returned error";

/** The `error` of an answer whose status said that all was well. */
export function lateError(
  fault: LateErrorFault,
  generation: MockGeneration,
): Record<string, unknown> {
  const { code = 502, message = DEFAULT_ERROR_MESSAGE } = fault;
  const metadata = {
    error_type: code === 429 ? "rate_limit_exceeded" : "provider_unavailable",
    provider_name: generation.endpoint.providerName,
    raw: "upstream connect error",
    ...fault.metadata,
  };
  return { code, message, metadata };
}
