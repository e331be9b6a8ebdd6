import type { Outcome } from "../outcome.ts";
import type { Usage } from "../response.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";

/**
 * Returns the cost of a request, in US dollars. Requests that were aborted (`null`) or whose
 * connection broke may be billed in full, and count with `worstCaseUsd`, as do answers with a cost
 * that cannot be true.
 */
export function requestCostUsd(
  outcome: Outcome | null,
  worstCaseUsd: number,
): number {
  if (outcome === null) return worstCaseUsd;
  if (outcome.type === "answer") {
    return billedUsd(outcome.response.usage) ?? worstCaseUsd;
  }
  const { failure } = outcome;
  const isFree = failure.kind === "api" || failure.kind === "unsent" ||
    // It was not sent.
    isOutOfFiles(failure);
  return isFree ? 0 : worstCaseUsd;
}

/** With a provider key of the user's, the provider charges for the answer, and OpenRouter a fee or nothing. */
function billedUsd(
  { cost, isByok, upstreamCost }: Usage,
): number | null {
  const costs = isByok ? [cost ?? 0, upstreamCost] : [cost];
  let sum = 0;
  for (const each of costs) {
    if (each === null || !Number.isFinite(each) || each < 0) return null;
    sum += each;
  }
  return sum;
}
