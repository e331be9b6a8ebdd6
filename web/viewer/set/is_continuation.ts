import {
  isContinuation as isKnownContinuation,
  PREFILL_OUTCOMES,
} from "../../../src/prefill_outcome.ts";

/** Whether a sample's texts go on from the beginning that the model was given. */
export function isContinuation(outcome: string | null): boolean {
  const known = PREFILL_OUTCOMES.find((known) => known === outcome);
  return known !== undefined && isKnownContinuation(known);
}
