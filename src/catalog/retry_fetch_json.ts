import type { Failure } from "../outcome.ts";
import { Deadline } from "../scheduler/deadline.ts";
import {
  explainGivenUp,
  retryDelayMs,
  type RetryLimits,
} from "../scheduler/retry_policy.ts";
import { systemClock } from "../util/clock.ts";
import type { FetchJsonResult } from "./fetch_json.ts";

/** Options of {@linkcode retryFetchJson}. */
export interface RetryFetchJsonOptions {
  readonly signal: AbortSignal;
  readonly limits: RetryLimits;
  /** Called with each failure that is retried. */
  readonly onRetry?: (failure: Failure) => void;
}

/**
 * Sends a request, and sends it again after a transient failure. Returns the JSON object, or the permanent or
 * last failure.
 *
 * @param send Sends the request once, within the time that the deadline leaves.
 * @throws The signal's reason, if it is aborted.
 */
export async function retryFetchJson(
  send: (deadline: Deadline) => Promise<FetchJsonResult>,
  { signal, limits, onRetry }: RetryFetchJsonOptions,
): Promise<FetchJsonResult> {
  const deadline = new Deadline(systemClock, limits.maxElapsedMs);
  for (let attempts = 1;; attempts++) {
    const result = await send(deadline);
    if (!("failure" in result)) return result;
    const state = {
      attempts,
      timeouts: 0,
      sameForm: 0,
      timeLeftMs: deadline.timeLeftMs(),
      random: Math.random(),
    };
    const delayMs = retryDelayMs(result.failure, state, limits);
    if (delayMs === null) {
      return { failure: explainGivenUp(result.failure, state, limits) };
    }
    onRetry?.(result.failure);
    await systemClock.sleep(delayMs, signal);
  }
}
