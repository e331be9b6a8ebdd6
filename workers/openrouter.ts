/**
 * The worker: a message in, one fetch, a message out. It never retries, waits
 * or touches the disk.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import type {
  FromWorker,
  NumberedOutcome,
  NumberedRequest,
  ToWorker,
} from "../src/dispatch/protocol.ts";
import { StopSource } from "../src/dispatch/stop_signal.ts";
import { sendRequest } from "../src/openrouter/send_request.ts";

const inFlight = new Map<number, StopSource>();
let outcomes: NumberedOutcome[] = [];

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "send":
      for (const request of data.requests) send(request);
      break;
    case "cancel":
      inFlight.get(data.id)?.abort(null);
      break;
  }
};

async function send({ id, request }: NumberedRequest): Promise<void> {
  const cancel = new StopSource();
  inFlight.set(id, cancel);
  try {
    const outcome = await sendRequest(request, { fetch, signal: cancel });
    report({ id, outcome });
  } catch (error) {
    // A cancelled request has nobody left who waits for it.
    if (!cancel.aborted) throw error;
  } finally {
    inFlight.delete(id);
  }
}

/** Posts an outcome, together with all others of the same turn of the event loop. */
function report(outcome: NumberedOutcome): void {
  if (outcomes.push(outcome) > 1) return;
  queueMicrotask(() => {
    const message: FromWorker = { type: "outcomes", outcomes };
    outcomes = [];
    self.postMessage(message);
  });
}
