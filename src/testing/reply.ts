import type { BodyScript, MockScript, ScriptStep } from "./mock_script.ts";

/** What {@linkcode playScript} needs beside the script. */
export interface PlayOptions {
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
  /** Gives the signal of the client's going; asked for only where a script waits. */
  readonly clientGone: () => AbortSignal;
  /** Called once, when the last byte is handed over, or when the client is gone. */
  readonly onEnd: (outcome: "answered" | "failed" | "aborted") => void;
}

/** Does what a script says. */
export function playScript(
  script: MockScript,
  options: PlayOptions,
): Response | Promise<Response> {
  switch (script.type) {
    case "silence":
      return playSilence(options);
    case "reset":
      return playReset(script.delayMs, options);
    case "body":
      return script.delayMs > 0
        ? playDelayed(script, options)
        : playBody(script, options);
  }
}

async function playSilence(options: PlayOptions): Promise<Response> {
  await pause(Infinity, headSignals(options));
  options.onEnd("aborted");
  return brokenResponse();
}

async function playReset(
  delayMs: number,
  options: PlayOptions,
): Promise<Response> {
  if (delayMs > 0) await pause(delayMs, headSignals(options));
  options.onEnd("failed");
  return brokenResponse();
}

async function playDelayed(
  script: BodyScript,
  options: PlayOptions,
): Promise<Response> {
  if (await pause(script.delayMs, headSignals(options))) {
    return playBody(script, options);
  }
  options.onEnd("aborted");
  return brokenResponse();
}

function playBody(script: BodyScript, options: PlayOptions): Response {
  const { status, headers, steps } = script;
  if (!steps.every((step) => step.type === "send")) {
    return new Response(streamBody(script, options), { status, headers });
  }
  const body = steps.map((step) => step.text).join("");
  options.onEnd(sentOutcome(script));
  return new Response(body, { status, headers });
}

/** Before the status is sent; after it, the body's `cancel` tells that the client is gone. */
function headSignals({ clientGone, closing }: PlayOptions): AbortSignal[] {
  return [clientGone(), closing];
}

function sentOutcome(script: BodyScript): "answered" | "failed" {
  return script.isSuccess ? "answered" : "failed";
}

function streamBody(
  script: BodyScript,
  options: PlayOptions,
): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  const signals = [gone.signal, options.closing];
  const encoder = new TextEncoder();
  const texts = playSteps(script.steps, signals);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (!done) {
        controller.enqueue(encoder.encode(value));
      } else {
        if (gone.signal.aborted) return;
        options.onEnd(
          options.closing.aborted ? "aborted" : sentOutcome(script),
        );
        controller.close();
      }
    },
    cancel() {
      gone.abort();
      options.onEnd("aborted");
    },
  });
}

async function* playSteps(
  steps: readonly ScriptStep[],
  signals: readonly AbortSignal[],
): AsyncGenerator<string, void> {
  for (const step of steps) {
    switch (step.type) {
      case "send":
        yield step.text;
        break;
      case "wait":
        if (!await pause(step.forMs, signals)) return;
        break;
      case "repeat":
        if (!(yield* playRepeat(step, signals))) return;
    }
  }
}

/** Gives false where a signal ended it. */
async function* playRepeat(
  step: ScriptStep & { readonly type: "repeat" },
  signals: readonly AbortSignal[],
): AsyncGenerator<string, boolean> {
  const { text, everyMs, forMs } = step;
  for (let leftMs = forMs; leftMs > 0; leftMs -= everyMs) {
    yield text;
    if (!await pause(Math.min(everyMs, leftMs), signals)) return false;
  }
  return true;
}

/** Waits; gives false where a signal ended the wait. */
function pause(
  forMs: number,
  signals: readonly AbortSignal[],
): Promise<boolean> {
  if (signals.some((signal) => signal.aborted)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = forMs === Infinity
      ? undefined
      : setTimeout(() => settle(true), forMs);
    const abort = () => settle(false);
    for (const signal of signals) signal.addEventListener("abort", abort);

    function settle(isOver: boolean): void {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", abort);
      resolve(isOver);
    }
  });
}

/**
 * A response that breaks the connection for the client: `fetch` rejects.
 *
 * A server cannot close one connection from within a handler, so that it sends what no client can
 * read: more and longer headers than Deno, Node, browsers and Python accept.
 */
function brokenResponse(): Response {
  const headers = new Headers();
  const value = "x".repeat(1000);
  for (let index = 0; index < 128; index++) {
    headers.append(`x-broken-${index}`, value);
  }
  return new Response(null, { headers });
}
