import type { Failure } from "../outcome.ts";

/** How often, and for how long, a sample is retried. */
export interface RetryLimits {
  readonly maxRetries: number;
  /** The number of retries after an attempt that timed out. */
  readonly maxTimeoutRetries: number;
  /** The longest wait that the server may ask for, in milliseconds. */
  readonly maxRetryAfterMs: number;
  /** The time limit for all attempts, in milliseconds; `Infinity` for none. */
  readonly maxElapsedMs: number;
}

/** The state that a decision to retry depends on, in addition to the failure. */
export interface RetryState {
  /** The number of attempts, including the one that failed. */
  readonly attempts: number;
  /** The number of those that timed out. */
  readonly timeouts: number;
  /** The number of answers in a row that were unreadable in the same form, including this one. */
  readonly sameForm: number;
  /** The time that is left for further attempts, in milliseconds; `Infinity` for no limit. */
  readonly timeLeftMs: number;
  /** A random number from 0 to below 1. */
  readonly random: number;
}

const BASE_DELAY_MS = 500;
const MAX_BACKOFF_MS = 60_000;

/** The most retries of an answer that is unreadable in the same form each time. */
const MAX_SAME_FORM = 3;

/**
 * Returns how long to wait before the next attempt, in milliseconds, or `null` if there is none: the
 * failure is permanent, the server asks for too long a wait, or the attempts or the time are used up.
 *
 * Exponential backoff with full jitter, `random · min(60 s, 0.5 s · 2^(attempts-1))`
 * (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). A wait that the server
 * asks for is a lower bound. The jitter is added to it, so that requests that were refused together
 * do not come back together.
 */
export function retryDelayMs(
  failure: Failure,
  state: RetryState,
  limits: RetryLimits,
): number | null {
  if (!isRetryable(failure) || state.attempts > limits.maxRetries) return null;
  if (state.sameForm > MAX_SAME_FORM) return null;
  // A request that timed out is billed in full.
  const isTimeout = failure.kind === "timeout";
  if (isTimeout && state.timeouts > limits.maxTimeoutRetries) return null;
  const backoffMs = Math.min(
    MAX_BACKOFF_MS,
    BASE_DELAY_MS * 2 ** (state.attempts - 1),
  );
  const askedMs = failure.kind === "api" ? failure.retryAfterMs : null;
  if (askedMs !== null && askedMs > limits.maxRetryAfterMs) return null;
  const delayMs = askedMs === null
    ? state.random * backoffMs
    : askedMs + state.random * BASE_DELAY_MS;
  return delayMs >= state.timeLeftMs ? null : delayMs;
}

/** Returns the longest pause of the server that a sample waits for, in milliseconds. */
export function longestPauseMs(
  { maxRetryAfterMs, maxElapsedMs }: RetryLimits,
): number {
  return Math.min(maxRetryAfterMs, maxElapsedMs);
}

/**
 * Explains why a sample is not retried, if the reason is the wait that the server asks for or the time that
 * is left.
 */
export function explainGivenUp(
  failure: Failure,
  state: RetryState,
  limits: RetryLimits,
): Failure {
  if (failure.kind === "api" && failure.retryable) {
    const maxWaitMs = longestPauseMs(limits);
    const { retryAfterMs } = failure;
    if (retryAfterMs !== null && retryAfterMs >= maxWaitMs) {
      return withLongWait(failure, retryAfterMs, maxWaitMs);
    }
  }
  const unhurried = { ...state, timeLeftMs: Infinity };
  return retryDelayMs(failure, unhurried, limits) === null
    ? failure
    : withTimeOver(failure, limits);
}

/** Adds to a failure's message that the time for the sample allows no further attempt. */
export function withTimeOver(
  failure: Failure,
  { maxElapsedMs }: RetryLimits,
): Failure {
  const message =
    `${failure.message}; no more retries within maxElapsedMs (${maxElapsedMs} ms)`;
  return { ...failure, message };
}

/** Adds to a failure's message that the server asks for a longer wait than the options allow. */
export function withLongWait(
  failure: Failure,
  askedMs: number,
  maxWaitMs: number,
): Failure {
  const message = `${failure.message}; not retried: the server asks to wait ${
    seconds(askedMs)
  }, and maxRetryAfterMs and maxElapsedMs allow ${seconds(maxWaitMs)}`;
  return { ...failure, message };
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(6))} s`;
}

/** Whether the same request may succeed later. */
export function isRetryable(failure: Failure): boolean {
  switch (failure.kind) {
    case "api":
    case "network":
    case "worker":
      return failure.retryable;
    case "timeout":
      return failure.limit !== "maxElapsedMs";
    case "response":
      return true;
    case "unsent":
      return false;
  }
}

/**
 * Whether all requests of the call would fail like this one: the key is rejected, the credit is used
 * up, the model is unknown, the network is not permitted, or no worker runs.
 */
export function isFatal(failure: Failure): boolean {
  if (isRetryable(failure)) return false;
  switch (failure.kind) {
    case "api":
      return failure.isFatal;
    case "network":
    case "worker":
      return true;
    case "timeout":
    case "response":
    case "unsent":
      return false;
  }
}
