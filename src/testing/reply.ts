import type { AbortSignalLike } from "../abort_signal_like.ts";
import { abortable } from "../util/abortable.ts";
import { anySignal } from "../util/any_signal.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";

export interface Reply {
  /** The HTTP status, or null to break the connection instead. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** How long to wait before sending the status, in milliseconds. */
  readonly delayMs: number;
  /** The body: texts, and waits between them. */
  readonly body: readonly (string | Wait)[];
  /** Whether the client gets what it asked for. */
  readonly isSuccess: boolean;
}

/** A pause in a body. */
export interface Wait {
  /** How long to wait, in milliseconds; `Infinity` waits until the client disconnects. */
  readonly waitMs: number;
  /** A text to send at the start of the wait, and again every `everyMs` milliseconds. */
  readonly keepAlive?: { readonly text: string; readonly everyMs: number };
}

/** Sends white space without end, as fast as the client reads it. */
export const ENDLESS_WAIT: Wait = {
  waitMs: Infinity,
  keepAlive: { text: " ".repeat(64 * 1024), everyMs: 1 },
};

export interface SendReplyOptions {
  /** Aborts when the server closes. */
  readonly closing: AbortSignalLike;
  /** Returns a signal that aborts when the client disconnects. Creating it is not free. */
  readonly disconnected: () => AbortSignal;
  /** Called when the last byte is handed over, or when the client disconnects. */
  readonly onEnd: (outcome: "answered" | "failed" | "aborted") => void;
}

/** Returns a success with an empty JSON body, from which other replies are made. */
export function emptyReply(generationId: string): Reply {
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-generation-id": generationId,
    },
    delayMs: 0,
    body: [],
    isSuccess: true,
  };
}

/** Turns a reply into a response, after the wait in the reply. */
export async function sendReply(
  reply: Reply,
  options: SendReplyOptions,
): Promise<Response> {
  const { status, headers, delayMs, body } = reply;
  const { closing, disconnected, onEnd } = options;
  if (delayMs > 0 && !await pause(delayMs, [disconnected(), closing])) {
    onEnd("aborted");
    return brokenResponse();
  }
  if (status !== null && !body.every((part) => typeof part === "string")) {
    return new Response(streamBody(reply, options), { status, headers });
  }
  onEnd(outcomeOf(reply));
  return status === null
    ? brokenResponse()
    : new Response(body.join("") || null, { status, headers });
}

function outcomeOf({ isSuccess }: Reply): "answered" | "failed" {
  return isSuccess ? "answered" : "failed";
}

function streamBody(
  reply: Reply,
  { closing, onEnd }: SendReplyOptions,
): ReadableStream<Uint8Array> {
  const disconnect = new LightAbortController();
  const encoder = new TextEncoder();
  const texts = bodyTexts(reply.body, [disconnect, closing]);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (!done) {
        controller.enqueue(encoder.encode(value));
      } else if (!disconnect.aborted) {
        onEnd(closing.aborted ? "aborted" : outcomeOf(reply));
        controller.close();
      }
    },
    cancel(reason) {
      disconnect.abort(reason);
      onEnd("aborted");
    },
  });
}

async function* bodyTexts(
  body: Reply["body"],
  signals: readonly AbortSignalLike[],
): AsyncGenerator<string, void> {
  for (const part of body) {
    if (typeof part === "string") {
      yield part;
      continue;
    }
    const { waitMs, keepAlive } = part;
    const everyMs = keepAlive?.everyMs ?? waitMs;
    for (let leftMs = waitMs; leftMs > 0; leftMs -= everyMs) {
      if (keepAlive !== undefined) yield keepAlive.text;
      if (!await pause(Math.min(everyMs, leftMs), signals)) return;
    }
  }
}

/**
 * Waits; resolves to false if a signal aborts first.
 *
 * `AbortSignal.any()` does not work here: the server's own signal would keep a reference for every
 * request that it was combined with.
 */
function pause(
  forMs: number,
  signals: readonly AbortSignalLike[],
): Promise<boolean> {
  return abortable<boolean>(signals.reduce(anySignal), (resolve) => {
    if (forMs === Infinity) return;
    const timer = setTimeout(() => resolve(true), forMs);
    return () => clearTimeout(timer);
  }).catch(() => false);
}

/**
 * Returns a response that breaks the connection for the client: `fetch` rejects.
 *
 * A handler cannot close its connection. So the response has more and longer headers than Deno,
 * Node, browsers and Python accept.
 */
function brokenResponse(): Response {
  const headers = new Headers();
  const value = "x".repeat(1000);
  for (let index = 0; index < 128; index++) {
    headers.append(`x-broken-${index}`, value);
  }
  return new Response(null, { headers });
}
