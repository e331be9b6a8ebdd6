import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { fetchReason } from "./fetch_reason.ts";
import { readAnswer } from "../completion/read_answer.ts";
import { responseData } from "../completion/response_data.ts";

/** What a request is sent with. */
export interface SendContext {
  /** Sends it; the global `fetch`, or one that a test or a caller gives. */
  readonly fetch: typeof fetch;
  /** Ends the attempt: the promise rejects with the signal's reason. */
  readonly signal: AbortSignalLike;
}

/**
 * One attempt: posts the body, reads the answer to its end and tells what it is.
 * It resolves with a failure for whatever goes wrong, and rejects only where the signal
 * is aborted. One deadline holds for all of it, since the API sends status 200
 * and white space long before an answer.
 */
export async function sendRequest(
  request: PreparedRequest,
  { fetch, signal }: SendContext,
): Promise<Outcome> {
  signal.throwIfAborted();
  const attempt = new AbortController();
  const abort = () => attempt.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  let timedOut = false;
  const deadline = setTimeout(() => {
    timedOut = true;
    attempt.abort();
  }, request.timeoutMs);
  const startMs = performance.now();
  try {
    const answer = await fetch(request.url, {
      method: "POST",
      headers: request.headers,
      body: request.body,
      // A body that was posted elsewhere is not what was asked for.
      redirect: "manual",
      signal: attempt.signal,
    });
    const text = decode(await answer.arrayBuffer());
    const latencyMs = Math.round(performance.now() - startMs);
    const atMs = Date.now();
    const { status, headers } = answer;
    if (text === null) return failed(request, NOT_UTF8);
    const read = readAnswer({ status, headers, text, atMs });
    if ("failure" in read) return failed(request, read.failure);
    const { model, seed, prefill, format } = request;
    return {
      type: "answer",
      response: {
        ...responseData(read, {
          model,
          seed,
          prefill,
          format,
          latencyMs,
          atMs,
        }),
        rawJson: text.trim(),
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    return failed(
      request,
      timedOut ? timeout(request) : networkFailure(request, error),
    );
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", abort);
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

const NOT_UTF8: Failure = {
  kind: "response",
  message: "the answer is not UTF-8, or cut short",
};

/** The text of a body; null where it is no UTF-8: a replaced character would be taken for the model's. */
function decode(body: ArrayBuffer): string | null {
  try {
    return UTF8.decode(body);
  } catch {
    return null;
  }
}

/** Whoever wrote the message may have repeated the key in it. */
function failed(
  { headers }: PreparedRequest,
  failure: Failure,
): Outcome {
  const key = headers.Authorization?.replace(/^Bearer /, "") ?? "";
  const message = key === ""
    ? failure.message
    : failure.message.replaceAll(key, "[key]");
  return { type: "failure", failure: { ...failure, message } };
}

function timeout({ url, timeoutMs }: PreparedRequest): Failure {
  return {
    kind: "timeout",
    message: `no whole answer from ${origin(url)} after ${timeoutMs} ms`,
  };
}

function networkFailure(
  { url }: PreparedRequest,
  error: unknown,
): Failure {
  const forbidden = error instanceof Error && error.name === "NotCapable";
  return {
    kind: "network",
    message: `no answer from ${origin(url)}: ${fetchReason(error)}`,
    retryable: !forbidden,
  };
}

function origin(url: string): string {
  return new URL(url).origin;
}
