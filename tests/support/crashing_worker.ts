/**
 * A worker that answers requests for even seeds and crashes at odd ones.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import type { FromWorker, ToWorker } from "../../src/worker_messages.ts";

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type !== "send") return;
  const outcomes = data.requests.map(({ id, request: { seed } }) => {
    if (seed % 2 === 1) throw new Error(`crashed at seed ${seed}`);
    const message = `answered ${seed}`;
    return {
      id,
      outcome: {
        type: "failure",
        failure: { kind: "response", message, form: null },
      },
    } as const;
  });
  const message: FromWorker = { type: "outcomes", outcomes };
  self.postMessage(message);
};
