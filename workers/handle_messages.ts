import type {
  FromWorker,
  NumberedOutcome,
  NumberedRequest,
  ToWorker,
} from "../src/worker_messages.ts";
import { LightAbortController } from "../src/util/light_abort_controller.ts";
import { post } from "../src/platform/deno/post.ts";
import { sendRequest } from "../src/transport/send_request.ts";

/**
 * Handles the messages of a worker pool: one fetch for each request. It never retries, waits or touches
 * the disk.
 *
 * @param postMessage Posts a message to the pool.
 * @param afterOthers Runs a function once the event loop has handled the other answers that are there.
 * @returns The handler for messages from the pool.
 */
export function handleMessages(
  postMessage: (message: FromWorker) => void,
  afterOthers: (run: () => void) => void,
): (message: ToWorker) => void {
  const inFlight = new Map<number, LightAbortController>();
  let outcomes: NumberedOutcome[] = [];

  async function send({ id, request }: NumberedRequest): Promise<void> {
    const cancel = new LightAbortController();
    inFlight.set(id, cancel);
    try {
      const outcome = await sendRequest(request, { post, signal: cancel });
      report({ id, outcome });
    } catch (error) {
      // Nothing waits for the outcome of a cancelled request.
      if (!cancel.aborted) throw error;
    } finally {
      inFlight.delete(id);
    }
  }

  /** Posts an outcome together with the others of the same turn of the event loop. */
  function report(outcome: NumberedOutcome): void {
    if (outcomes.push(outcome) > 1) return;
    afterOthers(() => {
      postMessage({ type: "outcomes", outcomes });
      outcomes = [];
    });
  }

  return (message) => {
    switch (message.type) {
      case "send":
        for (const request of message.requests) send(request);
        break;
      case "cancel":
        inFlight.get(message.id)?.abort(null);
        break;
    }
  };
}
