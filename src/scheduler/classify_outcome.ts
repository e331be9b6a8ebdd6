import type { Outcome } from "../outcome.ts";

/** What an outcome tells of how many requests an account bears. */
export type Feedback = "answered" | "throttled" | "nothing";

/** What an outcome tells of how many requests an account bears: a 429 too many, as does a 402 for those in flight. */
export function classifyOutcome(outcome: Outcome | null): Feedback {
  if (outcome === null) return "nothing";
  if (outcome.type === "answer") return "answered";
  const { failure } = outcome;
  const throttled = failure.kind === "api" &&
    (failure.status === 429 || (failure.status === 402 && failure.retryable));
  return throttled ? "throttled" : "nothing";
}

/** How long an outcome asks everyone to wait, in milliseconds; null where it does not. */
export function askedPauseMs(outcome: Outcome | null): number | null {
  if (outcome?.type !== "failure" || outcome.failure.kind !== "api") {
    return null;
  }
  const { retryable, retryAfterMs } = outcome.failure;
  return retryable ? retryAfterMs : null;
}
