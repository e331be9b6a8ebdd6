import { lateError } from "./late_error.ts";
import type { MockGeneration } from "./completion_body.ts";
import type { Fault } from "./faults.ts";
import {
  type BodyScript,
  DEFAULT_KEEP_ALIVE_MS,
  firstHalf,
  repeatStep,
  type ScriptPace,
  type ScriptStep,
  sendStep,
  waitStep,
} from "./mock_script.ts";
import {
  DONE_EVENT,
  PROCESSING_COMMENT,
  streamErrorEvent,
  streamEvents,
} from "./mock_stream.ts";

/** What {@linkcode streamScript} needs beside the generation. */
export interface StreamScriptOptions extends ScriptPace {
  /** What goes wrong, or null. */
  readonly fault: Fault | null;
  /** The request's body, for the echo. */
  readonly body: unknown;
}

/** How a generation is streamed: status 200, comments while the model is awaited, and events. */
export function streamScript(
  generation: MockGeneration,
  options: StreamScriptOptions,
): BodyScript {
  const { fault, latencyMs, keepAliveMs } = options;
  const everyMs = keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS;
  return {
    type: "body",
    status: 200,
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      "x-generation-id": generation.id,
    },
    delayMs: 0,
    steps: [
      latencyMs > 0
        ? repeatStep(PROCESSING_COMMENT, everyMs, latencyMs)
        : sendStep(PROCESSING_COMMENT),
      ...eventSteps(generation, options, everyMs),
    ],
    isSuccess: fault === null,
  };
}

function eventSteps(
  generation: MockGeneration,
  options: StreamScriptOptions,
  everyMs: number,
): ScriptStep[] {
  const { fault, chunkDelayMs, body } = options;
  const events = streamEvents(generation, {
    echoBody: generation.request.echoUpstreamBody ? body : null,
  });
  const begun = events.slice(0, events.length >> 1);
  switch (fault?.type) {
    case undefined:
      return spread(events, chunkDelayMs);
    case "whitespace_only":
      return [];
    case "endless_whitespace":
      return [repeatStep(PROCESSING_COMMENT, everyMs)];
    case "empty_choices":
      return [sendStep(DONE_EVENT)];
    case "stall_mid_body":
      return [...spread(begun, chunkDelayMs), waitStep()];
    case "stream_error":
    case "choice_error":
    case "error_in_200": {
      const error = streamErrorEvent(generation, lateError(fault, generation));
      return spread([...begun, error], chunkDelayMs);
    }
    default:
      return [sendStep(firstHalf(events.join("")))];
  }
}

function spread(events: readonly string[], delayMs: number): ScriptStep[] {
  return delayMs > 0
    ? events.flatMap((event) => [waitStep(delayMs), sendStep(event)])
    : [sendStep(events.join(""))];
}
