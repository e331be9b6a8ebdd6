import {
  isContinuation as isKnownContinuation,
  PREFILL_OUTCOMES,
} from "../../../src/prefill_outcome.ts";

/** Whether a sample continues its prefill. */
export function isContinuation(outcome: string | null): boolean {
  const known = PREFILL_OUTCOMES.find((known) => known === outcome);
  return known !== undefined && isKnownContinuation(known);
}
