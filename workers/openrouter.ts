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
  SampleRequest,
  ToWorker,
} from "../src/dispatch/protocol.ts";
import { sendRequest } from "../src/openrouter/send_request.ts";

const inFlight = new Map<number, AbortController>();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "send":
      send(data.id, data.request);
      break;
    case "cancel":
      inFlight.get(data.id)?.abort();
      break;
  }
};

async function send(id: number, request: SampleRequest): Promise<void> {
  const controller = new AbortController();
  inFlight.set(id, controller);
  try {
    const outcome = await sendRequest(request, {
      fetch,
      signal: controller.signal,
    });
    const message: FromWorker = { type: "outcome", id, outcome };
    self.postMessage(message);
  } catch (error) {
    // A cancelled request has nobody left who waits for it.
    if (!controller.signal.aborted) throw error;
  } finally {
    inFlight.delete(id);
  }
}
