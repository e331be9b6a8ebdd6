import type { Outcome } from "../outcome.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";

/** The feedback of an outcome about the number of requests that an account may have in flight. */
export type Feedback = "answered" | "throttled" | "nothing";

/** A longer wait is not obeyed, in milliseconds: no limit of the API lasts longer than a day. */
const MAX_PAUSE_MS = 24 * 60 * 60 * 1000;

/** Classifies an outcome for the limit of requests in flight. */
export function classifyOutcome(outcome: Outcome | null): Feedback {
  if (outcome === null) return "nothing";
  if (outcome.type === "answer") return "answered";
  const { failure } = outcome;
  const isThrottled = failure.kind === "api"
    ? failure.status === 429 || (failure.status === 402 && failure.retryable)
    : isOutOfFiles(failure);
  return isThrottled ? "throttled" : "nothing";
}

/** Returns the wait that an outcome asks all requests for, in milliseconds, or `null`. */
export function askedPauseMs(outcome: Outcome | null): number | null {
  if (outcome?.type !== "failure" || outcome.failure.kind !== "api") {
    return null;
  }
  const { retryable, retryAfterMs } = outcome.failure;
  const isObeyed = retryable && retryAfterMs !== null &&
    retryAfterMs <= MAX_PAUSE_MS;
  return isObeyed ? retryAfterMs : null;
}

/** Returns whose limit a failure concerns, or `null` for an answer. */
export function limitedScope(
  outcome: Outcome | null,
): "model" | "account" | null {
  if (outcome?.type !== "failure") return null;
  const { failure } = outcome;
  const isOfAccount = failure.kind === "api"
    ? failure.limitScope === "account" || failure.status === 402
    : isOutOfFiles(failure);
  return isOfAccount ? "account" : "model";
}

/** The outcome of a request that could not get a file descriptor. */
export const OUT_OF_FILES: Outcome = {
  type: "failure",
  failure: { kind: "network", message: "too many open files", retryable: true },
};
