import type { Outcome } from "../outcome.ts";

/**
 * What an attempt cost, in US dollars, where it can cost `worstUsd` at its worst. What was given up
 * (null) or broke off may be billed in full.
 */
export function attemptCostUsd(
  outcome: Outcome | null,
  worstUsd: number,
): number {
  if (outcome?.type === "answer") {
    return outcome.response.usage.cost ?? worstUsd;
  }
  const kind = outcome?.failure.kind;
  return kind === "api" || kind === "unsent" ? 0 : worstUsd;
}
