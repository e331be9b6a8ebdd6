import type { Failure } from "../outcome.ts";
import { type JsonObject, parseJsonObject } from "../util/json_object.ts";
import { apiFailure } from "../completion/api_failure.ts";
import { fetchReason } from "../transport/fetch_reason.ts";

/** What is asked, beside the address. */
export interface JsonQuestion {
  /** The headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of a POST, as JSON; without one it is a GET. */
  readonly body?: string;
  /** Gives the request up: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What came back: a JSON object, null where it is none, or a failure. */
export type JsonReply =
  | { readonly body: JsonObject | null }
  | { readonly failure: Failure };

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** Asks an address once for a JSON object. Rejects only where the signal is aborted. */
export async function askJson(
  url: string,
  { headers = {}, body, signal }: JsonQuestion = {},
): Promise<JsonReply> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let answer: globalThis.Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body,
      // What is posted elsewhere is not what was asked for.
      redirect: "manual",
      signal: signal === undefined
        ? timeout
        : AbortSignal.any([timeout, signal]),
    });
    text = await answer.text();
  } catch (error) {
    signal?.throwIfAborted();
    const message = `no answer from ${url}: ${fetchReason(error)}`;
    return { failure: { kind: "network", message, retryable: true } };
  }
  const object = parseJsonObject(text);
  if (answer.ok) return { body: object };
  const { status, headers: received } = answer;
  const http = { status, headers: received, text };
  return { failure: apiFailure(http, object?.error) };
}
