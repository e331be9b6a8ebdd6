import type { AnswerShape } from "./answer_shapes.ts";
import type { JsonObject } from "../util/json_object.ts";
import {
  type Generation,
  reasoningDetails,
  toolCalls,
} from "./completion_body.ts";
import { type Fault, lateError } from "./faults.ts";
import { DEFAULT_KEEP_ALIVE_MS } from "./mock_options.ts";
import { ENDLESS_WAIT, type Reply } from "./reply.ts";
import { tokenize } from "./tokenize.ts";

/** Options of the functions that return the reply for a completion. */
export interface CompletionReplyOptions {
  readonly fault: Fault | null;
  /** The form of the answer, or null for the usual one. */
  readonly shape: AnswerShape | null;
  readonly latencyMs: number;
  /** The time between pieces of white space, in milliseconds, or null for none. */
  readonly keepAliveMs: number | null;
  /** The time between the events of a stream, in milliseconds. */
  readonly chunkDelayMs: number;
}

/** Returns the reply that streams a completion: comments until it is ready, then its events. */
export function streamReply(
  generation: Generation,
  options: CompletionReplyOptions,
  reply: Reply,
): Reply {
  const { latencyMs, keepAliveMs } = options;
  const everyMs = keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS;
  return {
    ...reply,
    headers: {
      ...reply.headers,
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
    },
    delayMs: 0,
    body: [
      latencyMs > 0 ? commentWait(everyMs, latencyMs) : PROCESSING_COMMENT,
      ...streamParts(generation, options, everyMs),
    ],
  };
}

/** A comment that keeps the connection alive. */
const PROCESSING_COMMENT = ": OPENROUTER PROCESSING\n\n";

const DONE_EVENT = "data: [DONE]\n\n";

/** Providers send a few tokens at a time. */
const TOKENS_PER_EVENT = 4;

function commentWait(everyMs: number, waitMs: number) {
  return { waitMs, keepAlive: { text: PROCESSING_COMMENT, everyMs } };
}

function streamParts(
  generation: Generation,
  options: CompletionReplyOptions,
  everyMs: number,
): Reply["body"] {
  const { fault, chunkDelayMs } = options;
  const events = streamEvents(generation);
  const firstEvents = events.slice(0, events.length >> 1);
  switch (fault?.type) {
    case undefined:
      return spread(events, chunkDelayMs);
    case "whitespace_only":
      return [];
    case "endless_body":
      return [ENDLESS_WAIT];
    case "endless_whitespace":
      return [commentWait(everyMs, Infinity)];
    case "empty_choices":
      return [DONE_EVENT];
    case "stall_mid_body":
      return [...spread(firstEvents, chunkDelayMs), { waitMs: Infinity }];
    case "stream_error":
    case "choice_error":
    case "error_in_200": {
      const error = lateError(fault, generation.endpoint.providerName);
      const delta = { delta: { content: "" } };
      const choices = [{ index: 0, ...delta, ...finishReason("error") }];
      const event = chunkEvent(generation, { error, choices });
      return spread([...firstEvents, event], chunkDelayMs);
    }
    default: {
      const text = events.join("");
      return [text.slice(0, text.length >> 1)];
    }
  }
}

function spread(events: readonly string[], delayMs: number): Reply["body"] {
  return delayMs > 0
    ? events.flatMap((event) => [{ waitMs: delayMs }, event])
    : [events.join("")];
}

/** The server-sent events: the body's echo, reasoning, content, finish reason, usage, the end. */
function streamEvents(generation: Generation): string[] {
  const { completion, request, model } = generation;
  const isChat = request.prompt === null;
  const deltaEvent = (delta: JsonObject, reason: string | null = null) =>
    chunkEvent(generation, {
      choices: [{
        index: 0,
        ...(isChat
          ? { delta: { role: "assistant", ...delta } }
          : { text: delta.content ?? "" }),
        ...finishReason(reason),
        logprobs: null,
      }],
    });
  const calls = toolCalls(generation);
  return [
    ...(request.echo === null ? [] : [
      chunkEvent(generation, {
        choices: [],
        debug: { echo_upstream_body: request.echo },
      }),
    ]),
    ...splitTokens(completion.reasoning).map((reasoning) =>
      deltaEvent({
        content: "",
        reasoning,
        reasoning_details: reasoningDetails(reasoning, model),
      })
    ),
    ...splitTokens(completion.content).map((content) =>
      deltaEvent({ content })
    ),
    ...(calls.length === 0
      ? []
      : [deltaEvent({ content: null, tool_calls: calls })]),
    deltaEvent({ content: "" }, completion.finishReason),
    chunkEvent(generation, { choices: [], usage: generation.usage }),
    DONE_EVENT,
  ];
}

function finishReason(reason: string | null): JsonObject {
  return { finish_reason: reason, native_finish_reason: reason };
}

function splitTokens(text: string | null): string[] {
  const tokens = tokenize(text ?? "");
  const pieces: string[] = [];
  for (let start = 0; start < tokens.length; start += TOKENS_PER_EVENT) {
    pieces.push(tokens.slice(start, start + TOKENS_PER_EVENT).join(""));
  }
  return pieces;
}

function chunkEvent(generation: Generation, fields: JsonObject): string {
  const { id, created, model, endpoint, request } = generation;
  const isChat = request.prompt === null;
  const chunk = {
    id,
    provider: endpoint.providerName,
    model: model.canonicalSlug,
    object: isChat ? "chat.completion.chunk" : "text_completion",
    created,
    ...fields,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
