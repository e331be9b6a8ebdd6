import process from "node:process";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Dispatcher } from "npm:undici@^7.30.2";
import { concatBytes } from "../../util/concat_bytes.ts";
import { fetchPost } from "../fetch_post.ts";
import type { Post, PostAnswer, PostRequest } from "../post.ts";
import { hasCode } from "./has_code.ts";
import { proxyAgent } from "./proxy_agent.ts";

/**
 * Sends POST requests with undici, which `fetch` of Node is built on, without the layers of `fetch`: they
 * take four times as long as the request itself. The environment variables `HTTP_PROXY`, `HTTPS_PROXY`
 * and `NO_PROXY` apply. On Bun, which replaces undici with a part of it, `fetch` sends them.
 */
export const post = (async (request) => {
  if (process.versions.bun !== undefined) {
    return await fetchPost(request, fetch);
  }
  const agent = await proxyAgent();
  request.signal.throwIfAborted();
  return await dispatch(agent, request);
}) satisfies Post;

/** The headers that `fetch` adds. Those of the request replace them. */
const DEFAULT_HEADERS = {
  "accept": "*/*",
  "accept-encoding": "gzip, br",
  "user-agent": "node",
};

function dispatch(
  agent: Dispatcher,
  { url, headers, body, maxAnswerBytes, signal }: PostRequest,
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let answerHeaders: ReadonlyMap<string, string> = new Map();
    let chunks: Uint8Array[] = [];
    let length = 0;
    const settled = () => signal.removeEventListener("abort", onAbort);
    const fail = (error: unknown) => {
      settled();
      reject(error);
    };
    const onAbort = () => {
      fail(signal.reason);
      controller?.abort(aborted());
    };
    signal.addEventListener("abort", onAbort, { once: true });
    agent.dispatch({
      ...splitUrl(url),
      method: "POST",
      headers: withDefaults(headers),
      body,
    }, {
      onRequestStart: (started) => {
        controller = started;
        // It may have been aborted while it waited for a connection. Then nothing is sent.
        if (signal.aborted) controller.abort(aborted());
      },
      onResponseStart: (_, statusCode, received) => {
        status = statusCode;
        answerHeaders = readHeaders(received);
      },
      onResponseData: (controller, chunk) => {
        length += chunk.length;
        if (length <= maxAnswerBytes) {
          chunks.push(chunk);
          return;
        }
        settled();
        resolve({ status, headers: answerHeaders, body: null });
        chunks = [];
        controller.abort(new Error("the answer is too long"));
      },
      onResponseEnd: () => {
        settled();
        try {
          const whole = chunks.length === 1 ? chunks[0]! : concatBytes(chunks);
          const encoding = answerHeaders.get("content-encoding") ?? "";
          const body = decompress(whole, encoding, maxAnswerBytes);
          resolve({ status, headers: answerHeaders, body });
        } catch (error) {
          reject(error);
        }
      },
      // In the form of errors of `fetch`.
      onResponseError: (_, cause) =>
        fail(new TypeError("fetch failed", { cause })),
    });
  });
}

function aborted(): Error {
  return new DOMException("The request was aborted", "AbortError");
}

function splitUrl(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

function withDefaults(
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const merged: Record<string, string> = { ...DEFAULT_HEADERS };
  for (const [name, value] of Object.entries(headers)) {
    merged[name.toLowerCase()] = value;
  }
  return merged;
}

function readHeaders(
  received: Readonly<Record<string, string | string[] | undefined>>,
): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return headers;
}

/**
 * Reverses the encodings of a body. Returns `null` if the result is longer than `maxBytes`.
 *
 * @throws {Error} If the body was cut off, or has an encoding that was not accepted.
 */
function decompress(
  body: Uint8Array,
  encodings: string,
  maxBytes: number,
): Uint8Array | null {
  let bytes = body;
  if (encodings === "") return bytes;
  const options = { maxOutputLength: maxBytes };
  try {
    for (const encoding of encodings.toLowerCase().split(",").reverse()) {
      switch (encoding.trim()) {
        case "gzip":
        case "x-gzip":
          bytes = gunzipSync(bytes, options);
          break;
        case "br":
          bytes = brotliDecompressSync(bytes, options);
          break;
        case "identity":
          break;
        default:
          throw new Error(`unknown content-encoding ${encodings}`);
      }
    }
    return bytes;
  } catch (error) {
    if (hasCode(error, "ERR_BUFFER_TOO_LARGE")) return null;
    throw error;
  }
}
