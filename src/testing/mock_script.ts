/** One step of a body that is being sent. */
export type ScriptStep =
  | { readonly type: "send"; readonly text: string }
  | { readonly type: "wait"; readonly forMs: number }
  | {
    /** Sends a text again and again. */
    readonly type: "repeat";
    readonly text: string;
    readonly everyMs: number;
    readonly forMs: number;
  };

/** An answer with status and body. */
export interface BodyScript {
  /** Which script it is. */
  readonly type: "body";
  /** How long it waits before it sends the status, in milliseconds. */
  readonly delayMs: number;
  /** The HTTP status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly steps: readonly ScriptStep[];
  /** Whether it is a success. */
  readonly isSuccess: boolean;
}

/** Everything that the server does about a request, from the first byte to the last. */
export type MockScript =
  | BodyScript
  /** The connection breaks. */
  | { readonly type: "reset"; readonly delayMs: number }
  /** Nothing happens until the client gives up. */
  | { readonly type: "silence" };

/** How fast the server is. */
export interface ScriptPace {
  /** The time to the answer, in milliseconds. */
  readonly latencyMs: number;
  /** The time between keep-alive signs, in milliseconds, or null for none. */
  readonly keepAliveMs: number | null;
  /** The time between the events of a stream, in milliseconds. */
  readonly chunkDelayMs: number;
}

/** How often a sign comes where a fault wants signs and the server sends none by itself. */
export const DEFAULT_KEEP_ALIVE_MS = 333;

/** The step that sends a text. */
export function sendStep(text: string): ScriptStep {
  return { type: "send", text };
}

/** The step that waits, in milliseconds; without end by default. */
export function waitStep(forMs: number = Infinity): ScriptStep {
  return { type: "wait", forMs };
}

/** The step that sends a text every so many milliseconds; without end by default. */
export function repeatStep(
  text: string,
  everyMs: number,
  forMs = Infinity,
): ScriptStep {
  return { type: "repeat", text, everyMs, forMs };
}

/** The first half of a text. */
export function firstHalf(text: string): string {
  return text.slice(0, text.length >> 1);
}
