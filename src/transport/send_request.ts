import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { fetchReason } from "./fetch_reason.ts";
import { failed, parseCompletion } from "../completion/parse_completion.ts";
import { withAbortController } from "../util/with_abort_controller.ts";
import { SharedTimer } from "../util/shared_timer.ts";
import { countNoun } from "../util/count_noun.ts";

/** How a request is sent. */
export interface SendContext {
  /** Sends it. */
  readonly fetch: typeof fetch;
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
  { fetch, signal }: SendContext,
): Promise<Outcome> {
  signal.throwIfAborted();
  return await withAbortController(signal, async (controller) => {
    let timedOut = false;
    timer ??= new SharedTimer();
    const timeout = timer.start(() => {
      timedOut = true;
      controller.abort();
    }, request.timeoutMs);
    const startMs = performance.now();
    try {
      const answer = await fetch(request.url, {
        method: "POST",
        headers: request.headers,
        body: request.body,
        // The prompt and the key must not reach another address.
        redirect: "manual",
        signal: controller.signal,
      });
      const body = await readBytes(answer, request.maxAnswerBytes);
      if (body === null) return failed(tooLong(request), request);
      const text = decode(body);
      const latencyMs = Math.round(performance.now() - startMs);
      if (text === null) return failed(NOT_UTF8, request);
      const { status, headers } = answer;
      return parseCompletion({ status, headers, text, latencyMs }, request);
    } catch (error) {
      signal.throwIfAborted();
      return failed(
        timedOut ? timedOutFailure(request) : networkFailure(request, error),
        request,
      );
    } finally {
      timer.cancel(timeout);
    }
  });
}

/** The timer of all requests of this thread. */
let timer: SharedTimer | undefined;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

const NOT_UTF8: Failure = {
  kind: "response",
  message: "the answer is not UTF-8, or it was cut off",
  form: null,
};

/**
 * Reads a body, decompressed. Returns `null`, and ends the download, if it is longer than `maxBytes`:
 * an endless body, or a small one that is decompressed to gigabytes, would fill the memory.
 */
async function readBytes(
  answer: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { headers } = answer;
  const announced = headers.get("content-length");
  // Reading all at once takes half the time of a stream. No body is longer than announced, except after
  // decompression.
  if (announced !== null && headers.get("content-encoding") === null) {
    if (Number(announced) <= maxBytes) {
      return new Uint8Array(await answer.arrayBuffer());
    }
    await answer.body?.cancel();
    return null;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // Iterating over the stream would take a fifth longer.
  const reader = answer.body?.getReader();
  for (;;) {
    const chunk = (await reader?.read())?.value;
    if (chunk === undefined) break;
    length += chunk.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    chunks.push(chunk);
  }
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Decodes a body; `null` if it is not UTF-8: a replacement character would look like the model's. */
function decode(body: Uint8Array<ArrayBuffer>): string | null {
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

function networkFailure(
  { url }: PreparedRequest,
  error: unknown,
): Failure {
  const forbidden = error instanceof Error && error.name === "NotCapable";
  return {
    kind: "network",
    message: `no answer from ${origin(url)}: ${reasonOf(error, url)}`,
    retryable: !forbidden,
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
