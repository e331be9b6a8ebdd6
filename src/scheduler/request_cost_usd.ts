import type { Outcome } from "../outcome.ts";

/**
 * Returns the cost of a request, in US dollars. Requests that were aborted (`null`) or whose
 * connection broke may be billed in full, and count with `worstCaseUsd`.
 */
export function requestCostUsd(
  outcome: Outcome | null,
  worstCaseUsd: number,
): number {
  if (outcome?.type === "answer") {
    return outcome.response.usage.cost ?? worstCaseUsd;
  }
  const kind = outcome?.failure.kind;
  return kind === "api" || kind === "unsent" ? 0 : worstCaseUsd;
}
