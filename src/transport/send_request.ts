import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { Post } from "../platform/post.ts";
import { fetchReason } from "./fetch_reason.ts";
import { failed, parseCompletion } from "../completion/parse_completion.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { SharedTimer } from "../util/shared_timer.ts";
import { countNoun } from "../util/count_noun.ts";

/** How a request is sent. */
export interface SendContext {
  /** Sends it. */
  readonly post: Post;
  /** Aborts the request. The promise then rejects with the signal's reason. */
  readonly signal: AbortSignalLike;
}

/**
 * Sends a request once and reads the answer to its end. Failures are outcomes. One deadline covers
 * all of it, since the API sends status 200 and white space long before an answer.
 *
 * @throws The signal's reason, if it is aborted.
 */
export async function sendRequest(
  request: PreparedRequest,
  { post, signal }: SendContext,
): Promise<Outcome> {
  signal.throwIfAborted();
  const attempt = new LightAbortController();
  const abort = () => attempt.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  let timedOut = false;
  timer ??= new SharedTimer();
  const timeout = timer.start(() => {
    timedOut = true;
    attempt.abort(new DOMException("timeoutMs is over", "TimeoutError"));
  }, request.timeoutMs);
  const startMs = performance.now();
  try {
    const { url, headers, body, maxAnswerBytes } = request;
    const answer = await post({
      url,
      headers,
      body,
      maxAnswerBytes,
      signal: attempt,
    });
    if (answer.body === null) return failed(tooLong(request), request);
    const text = decode(answer.body);
    const latencyMs = Math.round(performance.now() - startMs);
    if (text === null) return failed(NOT_UTF8, request);
    return parseCompletion(
      { status: answer.status, headers: answer.headers, text, latencyMs },
      request,
    );
  } catch (error) {
    signal.throwIfAborted();
    return failed(
      timedOut ? timedOutFailure(request) : networkFailure(request, error),
      request,
    );
  } finally {
    timer.cancel(timeout);
    signal.removeEventListener("abort", abort);
  }
}

/** The timer of all requests of this thread. */
let timer: SharedTimer | undefined;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

const NOT_UTF8: Failure = {
  kind: "response",
  message: "the answer is not UTF-8, or it was cut off",
  form: null,
};

/** Decodes a body; `null` if it is not UTF-8: a replacement character would look like the model's. */
function decode(body: Uint8Array): string | null {
  try {
    return UTF8.decode(body);
  } catch {
    return null;
  }
}

function tooLong({ url, maxAnswerBytes }: PreparedRequest): Failure {
  return {
    kind: "response",
    message: `the answer from ${origin(url)} is longer than maxAnswerBytes (${
      countNoun(maxAnswerBytes, "byte")
    })`,
    form: "too long",
  };
}

function timedOutFailure({ url, timeoutMs }: PreparedRequest): Failure {
  return {
    kind: "timeout",
    message: `no complete answer from ${
      origin(url)
    } after ${timeoutMs} ms (timeoutMs)`,
  };
}

/** How Deno, Node and Bun name a port that the Fetch standard blocks. */
const BLOCKED_PORT = /bad port|requests to port \d+ are blocked/i;

function networkFailure(
  { url }: PreparedRequest,
  error: unknown,
): Failure {
  const reason = reasonOf(error, url);
  const isFinal = BLOCKED_PORT.test(reason) ||
    (error instanceof Error && error.name === "NotCapable");
  return {
    kind: "network",
    message: `no answer from ${origin(url)}: ${reason}`,
    retryable: !isFinal,
  };
}

function reasonOf(error: unknown, url: string): string {
  const reason = fetchReason(error);
  const at = reason.search(/dns error|getaddrinfo/);
  return at < 0
    ? reason
    : `cannot resolve ${
      new URL(url).hostname
    }, check the host name and the network ` +
      `(${reason.slice(at)})`;
}

function origin(url: string): string {
  return new URL(url).origin;
}
