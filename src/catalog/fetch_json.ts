import { apiFailure } from "../completion/api_failure.ts";
import { redactKey, redactText } from "../completion/redact_key.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { Failure } from "../outcome.ts";
import { systemFetch } from "../platform/deno/system_fetch.ts";
import { fetchReason } from "../transport/fetch_reason.ts";
import { type JsonObject, parseJsonObject } from "../util/json_object.ts";

export interface FetchJsonOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** A body to post. Without one, the method is GET. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  /**
   * The time limit of the request, in milliseconds.
   * @default {60_000}
   */
  readonly timeoutMs?: number;
  /** The function that sends it, by default `systemFetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A JSON object, or `null` if the answer is something else, or the reason why there is no answer. */
export type FetchJsonResult =
  | { readonly body: JsonObject | null }
  | { readonly failure: Failure };

/**
 * Fetches a URL and returns its JSON object, or `null` if the answer is something else.
 *
 * @throws {ApiError} If the API returns an error.
 * @throws {NetworkError} If there is no answer.
 */
export async function fetchJson(
  url: string,
  options: FetchJsonOptions = {},
): Promise<JsonObject | null> {
  const result = await tryFetchJson(url, options);
  if ("failure" in result) throw errorFromFailure(result.failure);
  return result.body;
}

/**
 * Same as {@linkcode fetchJson}, but returns failures, so that the caller can retry.
 *
 * @throws The signal's reason, if it is aborted.
 */
export async function tryFetchJson(
  url: string,
  {
    headers = {},
    body,
    signal,
    timeoutMs = 60_000,
    fetch = systemFetch,
  }: FetchJsonOptions,
): Promise<FetchJsonResult> {
  const timeout = AbortSignal.timeout(timeoutMs);
  let answer: globalThis.Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body,
      // A redirect could pass the key to another server.
      redirect: "manual",
      signal: signal === undefined
        ? timeout
        : AbortSignal.any([timeout, signal]),
    });
    text = redactText(await answer.text(), headers);
  } catch (error) {
    signal?.throwIfAborted();
    const message = `no answer from ${url}: ${fetchReason(error)}`;
    return { failure: { kind: "network", message, retryable: true } };
  }
  const object = parseJsonObject(text);
  if (answer.ok) return { body: object };
  const { status, headers: received } = answer;
  const http = { status, headers: received, text };
  const failure = apiFailure(http, object?.error, { url, headers });
  return { failure: redactKey(failure, headers) };
}
