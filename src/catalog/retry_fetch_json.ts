import type { Failure } from "../outcome.ts";
import {
  explainGivenUp,
  retryDelayMs,
  type RetryLimits,
} from "../scheduler/retry_policy.ts";
import { systemClock } from "../util/clock.ts";
import {
  type FetchJsonOptions,
  type FetchJsonResult,
  tryFetchJson,
} from "./fetch_json.ts";

/** Options of {@linkcode retryFetchJson}. */
export interface RetryFetchJsonOptions extends FetchJsonOptions {
  readonly signal: AbortSignal;
  readonly limits: Omit<RetryLimits, "maxElapsedMs">;
  /** Called with each failure that is retried. */
  readonly onRetry?: (failure: Failure) => void;
}

/**
 * Fetches a URL, and retries transient failures. Returns the JSON object, or the permanent or last failure.
 *
 * @throws The signal's reason, if it is aborted.
 */
export async function retryFetchJson(
  url: string,
  { limits, onRetry, ...options }: RetryFetchJsonOptions,
): Promise<FetchJsonResult> {
  const allLimits = { ...limits, maxElapsedMs: Infinity };
  for (let attempts = 1;; attempts++) {
    const result = await tryFetchJson(url, options);
    if (!("failure" in result)) return result;
    const state = {
      attempts,
      timeouts: 0,
      sameForm: 0,
      timeLeftMs: Infinity,
      random: Math.random(),
    };
    const delayMs = retryDelayMs(result.failure, state, allLimits);
    if (delayMs === null) {
      return { failure: explainGivenUp(result.failure, state, allLimits) };
    }
    onRetry?.(result.failure);
    await systemClock.sleep(delayMs, options.signal);
  }
}
