import type { JsonObject } from "../util/json_object.ts";
import { completionBody, type Generation } from "./completion_body.ts";
import {
  type Fault,
  type HtmlFault,
  lateError,
  PROVIDER_ERROR,
  type StatusFault,
} from "./faults.ts";
import { DEFAULT_KEEP_ALIVE_MS } from "./mock_options.ts";
import { jsonHeaders, type Reply, wholeReply } from "./reply.ts";
import { type CompletionReplyOptions, streamReply } from "./stream_reply.ts";

/** Returns the reply that sends a completion, spoiled by a fault if there is one. */
export function completionReply(
  generation: Generation,
  options: CompletionReplyOptions,
): Reply {
  const { fault, latencyMs } = options;
  switch (fault?.type) {
    case "stall_before":
      return { ...BROKEN_CONNECTION, delayMs: Infinity };
    case "connection_reset":
      return { ...BROKEN_CONNECTION, delayMs: latencyMs };
    case "status":
      return statusReply(fault, generation.id, latencyMs);
    case "html_body":
      return htmlReply(fault, generation.id, latencyMs);
    default:
      return generation.request.stream
        ? streamReply(generation, options)
        : jsonReply(generation, options);
  }
}

const BROKEN_CONNECTION = {
  status: null,
  headers: {},
  body: [],
  isSuccess: false,
} as const;

/** The white space that keeps a connection alive. */
const KEEP_ALIVE_SPACE = "\n         \n";

function statusReply(
  fault: StatusFault,
  generationId: string,
  delayMs: number,
): Reply {
  const { status, message = PROVIDER_ERROR, metadata, availability } = fault;
  const { retryAfter, rateLimit } = fault;
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) {
    headers["retry-after"] = retryAfter instanceof Date
      ? retryAfter.toUTCString()
      : String(retryAfter);
  }
  for (const [name, value] of Object.entries(rateLimit ?? {})) {
    headers[`x-ratelimit-${name}`] = String(value);
  }
  const error = { code: status, message, metadata, availability };
  const text = JSON.stringify({ error });
  return wholeReply(text, { status, generationId, delayMs, headers });
}

function htmlReply(
  { status = 502 }: HtmlFault,
  generationId: string,
  delayMs: number,
): Reply {
  const page = `<!DOCTYPE html>
<html><head><title>${status}</title></head><body><h1>Bad gateway</h1></body></html>
`;
  const headers = { "content-type": "text/html; charset=utf-8" };
  const options = { status, generationId, delayMs, headers };
  return { ...wholeReply(page, options), isSuccess: false };
}

/** White space while the completion is not ready, then its JSON. */
function jsonReply(
  generation: Generation,
  { fault, latencyMs, keepAliveMs }: CompletionReplyOptions,
): Reply {
  // Like the real API, it sends status 200 with the first white space, before the outcome is known.
  const isEarly = keepAliveMs !== null && latencyMs > keepAliveMs;
  return {
    status: 200,
    headers: jsonHeaders(generation.id),
    delayMs: isEarly ? keepAliveMs : latencyMs,
    body: [
      isEarly
        ? keepAliveWait(keepAliveMs, latencyMs - keepAliveMs)
        : keepAliveMs === null
        ? ""
        : KEEP_ALIVE_SPACE,
      ...jsonParts(generation, fault, keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS),
    ],
    isSuccess: fault === null,
  };
}

function jsonParts(
  generation: Generation,
  fault: Fault | null,
  everyMs: number,
): Reply["body"] {
  switch (fault?.type) {
    case "whitespace_only":
      return [KEEP_ALIVE_SPACE];
    case "endless_whitespace":
      return [keepAliveWait(everyMs, Infinity)];
    case "truncated_body":
      return [firstHalf(JSON.stringify(completionBody(generation)))];
    case "stall_mid_body": {
      const text = JSON.stringify(completionBody(generation));
      return [firstHalf(text), { waitMs: Infinity }];
    }
    default:
      return [JSON.stringify(bodyWithFault(generation, fault))];
  }
}

function keepAliveWait(everyMs: number, waitMs: number) {
  return { waitMs, keepAlive: { text: KEEP_ALIVE_SPACE, everyMs } };
}

function bodyWithFault(
  generation: Generation,
  fault: Fault | null,
): JsonObject {
  const { request, completion, endpoint } = generation;
  switch (fault?.type) {
    case "empty_choices":
      return { ...completionBody(generation), choices: [] };
    case "error_in_200":
      return { error: lateError(fault, endpoint.providerName) };
    case "choice_error":
    case "stream_error": {
      const content = firstHalf(completion.content ?? "");
      const { reasoning } = completion;
      const message = { role: "assistant", content, refusal: null, reasoning };
      const choice = {
        index: 0,
        logprobs: null,
        finish_reason: "error",
        native_finish_reason: "error",
        error: lateError(fault, endpoint.providerName),
        ...(request.prompt === null ? { message } : { text: content }),
      };
      return { ...completionBody(generation), choices: [choice] };
    }
    default:
      return completionBody(generation);
  }
}

function firstHalf(text: string): string {
  return text.slice(0, text.length >> 1);
}
