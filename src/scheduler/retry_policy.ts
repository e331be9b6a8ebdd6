import type { Failure } from "../outcome.ts";

/** What the decision depends on, beside the failure itself. */
export interface RetryState {
  /** How many attempts were made, the failed one included. */
  readonly attempts: number;
  /** How many attempts may follow the first. */
  readonly maxRetries: number;
  /** Time that is left for all further attempts, in milliseconds; Infinity for no limit. */
  readonly timeLeftMs: number;
  /** A random number from 0 to below 1. */
  readonly random: number;
}

const BASE_DELAY_MS = 500;
const MAX_BACKOFF_MS = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds; null where there is none:
 * the failure is final, or the attempts or the time are used up.
 *
 * Exponential backoff with full jitter, `random · min(60 s, 0.5 s · 2^(attempts-1))`
 * (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). What the
 * API asks for is a lower bound without an upper cut, and the jitter comes on top,
 * so that those who were sent away together do not come back together.
 */
export function retryDelayMs(
  failure: Failure,
  state: RetryState,
): number | null {
  if (!isRetryable(failure) || state.attempts > state.maxRetries) return null;
  const backoffMs = Math.min(
    MAX_BACKOFF_MS,
    BASE_DELAY_MS * 2 ** (state.attempts - 1),
  );
  const askedMs = failure.kind === "api" ? failure.retryAfterMs : null;
  const delayMs = askedMs === null
    ? state.random * backoffMs
    : askedMs + state.random * BASE_DELAY_MS;
  return delayMs >= state.timeLeftMs ? null : delayMs;
}

/** Whether the same request may succeed later. */
export function isRetryable(failure: Failure): boolean {
  switch (failure.kind) {
    case "api":
    case "network":
    case "worker":
      return failure.retryable;
    case "timeout":
    case "response":
      return true;
    case "unsent":
      return false;
  }
}

/**
 * Whether the failure concerns every request of the call: the key is not accepted, the
 * credit is used up, the network is not permitted, or no worker runs.
 */
export function isFatal(failure: Failure): boolean {
  if (isRetryable(failure)) return false;
  switch (failure.kind) {
    case "api":
      return failure.status === 401 || failure.status === 402;
    case "network":
    case "worker":
      return true;
    case "timeout":
    case "response":
    case "unsent":
      return false;
  }
}
