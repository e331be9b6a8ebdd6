import type { MockHttpError } from "./http_error.ts";
import { type BodyScript, sendStep } from "./mock_script.ts";

/** What {@linkcode wholeScript} sends beside the body. */
export interface WholeScriptOptions {
  /** The HTTP status. */
  readonly status: number;
  /** What stands in `X-Generation-Id`. */
  readonly generationId: string;
  /**
   * More headers, or other ones.
   *
   * @default {{}}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How long it waits before, in milliseconds.
   *
   * @default {0}
   */
  readonly delayMs?: number;
}

/** How a body is sent that is there as a whole: JSON, if no header says otherwise. */
export function wholeScript(
  text: string,
  options: WholeScriptOptions,
): BodyScript {
  const { status, generationId, headers = {}, delayMs = 0 } = options;
  return {
    type: "body",
    status,
    headers: { ...jsonHeaders(generationId), ...headers },
    delayMs,
    steps: [sendStep(text)],
    isSuccess: status < 400,
  };
}

/** How an error is sent. */
export function errorScript(
  error: MockHttpError,
  generationId: string,
): BodyScript {
  const { status, message, metadata } = error;
  const body = { error: { code: status, message, metadata } };
  return wholeScript(JSON.stringify(body), { status, generationId });
}

/** The headers of a JSON answer. */
export function jsonHeaders(generationId: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-generation-id": generationId,
  };
}
