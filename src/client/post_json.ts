import { type FetchJsonResult, tryFetchJson } from "../catalog/fetch_json.ts";
import { checkHeadersHost, sampleApiKey } from "../catalog/require_api_key.ts";
import { retryFetchJson } from "../catalog/retry_fetch_json.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { Settings } from "../options/settings.ts";
import { authorization } from "../request/request_headers.ts";
import type { Deadline } from "../scheduler/deadline.ts";
import { processState } from "../scheduler/process_state.ts";
import { longestPauseMs } from "../scheduler/retry_policy.ts";
import type { JsonObject } from "../util/json_object.ts";

const NEVER = new AbortController().signal;

/**
 * Posts a request that is not for a sample, and returns the object in the answer, or `null` if it is
 * something else. Transient failures are retried. It counts for the limits of requests in flight and per
 * minute.
 *
 * @throws {RolloutsError} If no API key is known, or the key or the headers belong to another host.
 * @throws {ApiError} If the API returns a permanent error.
 * @throws {NetworkError} If there is no answer.
 * @throws The signal's reason, if it is aborted.
 */
export async function postJson(
  url: string,
  body: JsonObject,
  { signal = NEVER, maxElapsedMs = Infinity, ...settings }: Settings,
): Promise<JsonObject | null> {
  const apiKey = sampleApiKey(settings);
  checkHeadersHost(settings);
  const options = {
    headers: {
      ...authorization(apiKey),
      "Content-Type": "application/json",
      "X-OpenRouter-Title": "rollouts",
      ...settings.headers,
    },
    body: JSON.stringify(body),
    signal,
    fetch: settings.fetch,
  };
  const limits = { ...settings, maxElapsedMs };
  const { limiter, bucket } = processState().limiters.get({
    url,
    apiKey: apiKey ?? "",
    model: settings.model,
    maxConcurrency: settings.maxConcurrency,
    requestsPerMinute: settings.requestsPerMinute,
  });
  const send = async (deadline: Deadline): Promise<FetchJsonResult> => {
    const permit = await limiter.acquire(signal, longestPauseMs(limits));
    let result: FetchJsonResult | null = null;
    try {
      await bucket?.take(signal);
      const timeoutMs = Math.min(settings.timeoutMs, deadline.timeLeftMs());
      return result = await tryFetchJson(url, { ...options, timeoutMs });
    } finally {
      permit.release(
        result !== null && "failure" in result
          ? { type: "failure", failure: result.failure }
          : null,
      );
    }
  };
  const result = await retryFetchJson(send, { signal, limits });
  if ("failure" in result) throw errorFromFailure(result.failure);
  return result.body;
}
