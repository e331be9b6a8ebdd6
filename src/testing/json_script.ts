import { lateError } from "./late_error.ts";
import { answerBody, type MockGeneration } from "./completion_body.ts";
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
import { jsonHeaders } from "./whole_script.ts";

/** How a generation is sent that is not streamed: status 200, white space, and the JSON. */
export function jsonScript(
  generation: MockGeneration,
  fault: Fault | null,
  pace: ScriptPace,
): BodyScript {
  const { latencyMs, keepAliveMs } = pace;
  // The status is sent with the first keep-alive sign, long before the outcome is known.
  const isEarly = keepAliveMs !== null && latencyMs > keepAliveMs;
  return {
    type: "body",
    status: 200,
    headers: jsonHeaders(generation.id),
    delayMs: isEarly ? keepAliveMs : latencyMs,
    steps: [
      isEarly
        ? repeatStep(KEEP_ALIVE_SPACE, keepAliveMs, latencyMs - keepAliveMs)
        : sendStep(keepAliveMs === null ? "" : KEEP_ALIVE_SPACE),
      ...bodySteps(generation, fault, keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS),
    ],
    isSuccess: fault === null,
  };
}

/** The run of white space that keeps a connection alive. */
const KEEP_ALIVE_SPACE = "\n         \n";

function bodySteps(
  generation: MockGeneration,
  fault: Fault | null,
  everyMs: number,
): ScriptStep[] {
  switch (fault?.type) {
    case "whitespace_only":
      return [sendStep(KEEP_ALIVE_SPACE)];
    case "endless_whitespace":
      return [repeatStep(KEEP_ALIVE_SPACE, everyMs)];
    case "truncated_body":
      return [sendStep(firstHalf(JSON.stringify(answerBody(generation))))];
    case "stall_mid_body": {
      const text = JSON.stringify(answerBody(generation));
      return [sendStep(firstHalf(text)), waitStep()];
    }
    default:
      return [sendStep(JSON.stringify(faultyBody(generation, fault)))];
  }
}

function faultyBody(
  generation: MockGeneration,
  fault: Fault | null,
): Record<string, unknown> {
  switch (fault?.type) {
    case "empty_choices":
      return { ...answerBody(generation), choices: [] };
    case "error_in_200":
      return { error: lateError(fault, generation) };
    case "choice_error":
    case "stream_error": {
      const choice = {
        index: 0,
        logprobs: null,
        finish_reason: "error",
        native_finish_reason: "error",
        error: lateError(fault, generation),
        ...partialAnswer(generation),
      };
      return { ...answerBody(generation), choices: [choice] };
    }
    default:
      return answerBody(generation);
  }
}

function partialAnswer(generation: MockGeneration): Record<string, unknown> {
  const { reasoning, content } = generation.completion;
  const text = firstHalf(content ?? "");
  return generation.request.prompt === null
    ? {
      message: { role: "assistant", content: text, refusal: null, reasoning },
    }
    : { text };
}
