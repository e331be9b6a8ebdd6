import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { Usage } from "../response.ts";
import type { JsonObject } from "../util/json_object.ts";
import { findChoice } from "./find_choice.ts";
import type { HttpAnswer } from "./http_answer.ts";
import { type MessageParts, readMessage } from "./read_message.ts";
import { readSample } from "./read_sample.ts";
import { readUsage } from "./read_usage.ts";
import { redactKey, redactText } from "./redact_key.ts";

/**
 * Turns an HTTP answer into the outcome of its request: a sample, or a failure. It never throws. It
 * does not contain the request's API key, even if the server repeats it.
 */
export function parseCompletion(
  received: HttpAnswer,
  request: PreparedRequest,
): Outcome {
  const text = redactText(received.text, request.headers);
  const { status, headers, receivedAtMs = Date.now(), latencyMs = null } =
    received;
  const found = findChoice(
    { status, headers, text, receivedAtMs },
    request,
  );
  if ("failure" in found) return failed(found.failure, request);
  const message = readMessage(found.choice);
  const usage = readUsage(found.body.usage);
  if (isNothing(message, usage)) {
    return failed(nothingGenerated(found.body), request);
  }
  const response = readSample(found, message, {
    request,
    receivedAtMs,
    latencyMs,
    usage,
  });
  return { type: "answer", response };
}

/** Returns the outcome of a request that failed, without its API key. */
export function failed(
  failure: Failure,
  { headers }: PreparedRequest,
): Outcome {
  return { type: "failure", failure: redactKey(failure, headers) };
}

/** Whether nothing was generated or billed, whatever the finish reason is. */
function isNothing(
  { content, reasoning, refusal, toolCalls, images, audio }: MessageParts,
  { completionTokens, reasoningTokens }: Usage,
): boolean {
  return !content && !reasoning && refusal === null &&
    toolCalls.length === 0 && images.length === 0 && audio === null &&
    !completionTokens && !reasoningTokens;
}

function nothingGenerated({ provider }: JsonObject): Failure {
  const by = typeof provider === "string" ? ` of ${provider}` : "";
  const message = `the answer${by} is empty: no text and no tokens`;
  return { kind: "response", message, form: null };
}
