import type { JsonObject } from "../util/json_object.ts";
import { completionBody, type Generation } from "./completion_body.ts";
import {
  type Fault,
  lateError,
  PROVIDER_ERROR,
  type StatusFault,
} from "./faults.ts";
import type { AnswerShape } from "./answer_shapes.ts";
import { shapeAnswer } from "./shape_answer.ts";
import { DEFAULT_KEEP_ALIVE_MS } from "./mock_options.ts";
import { emptyReply, ENDLESS_WAIT, type Reply } from "./reply.ts";
import { type CompletionReplyOptions, streamReply } from "./stream_reply.ts";

/** Returns the reply that sends a completion, spoiled by a fault if there is one. */
export function completionReply(
  generation: Generation,
  options: CompletionReplyOptions,
): Reply {
  const { fault, latencyMs: delayMs } = options;
  const reply = {
    ...emptyReply(generation.id),
    delayMs,
    isSuccess: fault === null,
  };
  switch (fault?.type) {
    case "stall_before":
      return { ...reply, status: null, delayMs: Infinity };
    case "connection_reset":
      return { ...reply, status: null };
    case "status":
      return statusReply(fault, reply);
    case "html_body": {
      const { status = 502 } = fault;
      const headers = {
        ...reply.headers,
        "content-type": "text/html; charset=utf-8",
      };
      return { ...reply, status, headers, body: [htmlPage(status)] };
    }
    default:
      if (fault === null && options.shape !== null) {
        return shapedReply(generation, options.shape, reply);
      }
      return generation.request.stream
        ? streamReply(generation, options, reply)
        : jsonReply(generation, options, reply);
  }
}

function shapedReply(
  generation: Generation,
  shape: AnswerShape,
  reply: Reply,
): Reply {
  const { text, status = 200, contentType = "application/json" } = shapeAnswer(
    completionBody(generation),
    shape,
  );
  const headers = { ...reply.headers, "content-type": contentType };
  return { ...reply, status, headers, body: text === "" ? [] : [text] };
}

/** The white space that keeps a connection alive. */
const KEEP_ALIVE_SPACE = "\n         \n";

function statusReply(fault: StatusFault, reply: Reply): Reply {
  const { status, message = PROVIDER_ERROR, metadata, availability } = fault;
  const { retryAfter, rateLimit } = fault;
  const headers: Record<string, string> = { ...reply.headers };
  if (retryAfter !== undefined) {
    headers["retry-after"] = retryAfter instanceof Date
      ? retryAfter.toUTCString()
      : String(retryAfter);
  }
  for (const [name, value] of Object.entries(rateLimit ?? {})) {
    headers[`x-ratelimit-${name}`] = String(value);
  }
  const error = { code: status, message, metadata, availability };
  return { ...reply, status, headers, body: [JSON.stringify({ error })] };
}

function htmlPage(status: number): string {
  return `<!DOCTYPE html>
<html><head><title>${status}</title></head><body><h1>Bad gateway</h1></body></html>
`;
}

/** White space while the completion is not ready, then its JSON. */
function jsonReply(
  generation: Generation,
  { fault, latencyMs, keepAliveMs }: CompletionReplyOptions,
  reply: Reply,
): Reply {
  const parts = jsonParts(
    generation,
    fault,
    keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS,
  );
  if (keepAliveMs === null) return { ...reply, body: parts };
  if (latencyMs <= keepAliveMs) {
    return { ...reply, body: [KEEP_ALIVE_SPACE, ...parts] };
  }
  // Like the real API, it sends status 200 with the first white space, before the outcome is known.
  const wait = keepAliveWait(keepAliveMs, latencyMs - keepAliveMs);
  return { ...reply, delayMs: keepAliveMs, body: [wait, ...parts] };
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
    case "endless_body":
      return [ENDLESS_WAIT];
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
