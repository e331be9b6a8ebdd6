// @ts-check
import { measure } from "./measure.mjs";

/**
 * Times a contestant that sends one request at a call, as many at once as the task says.
 *
 * @param {(task: import("./task.ts").RequestTask) => (seed: number) => Promise<unknown>} makeSend Makes
 * what sends one request and gives the answer's text.
 * @returns {Promise<void>}
 */
export async function measureLoops(makeSend) {
  await measure(
    /** @param {import("./task.ts").RequestTask} task */
    async (task) => {
      const send = makeSend(task);
      const { requests, inFlight, warmUpRequests } = task;
      await loop(send, { from: requests, count: warmUpRequests, inFlight });
      return () => loop(send, { from: 0, count: requests, inFlight });
    },
  );
}

/**
 * @param {(seed: number) => Promise<unknown>} send
 * @param {{ from: number, count: number, inFlight: number }} range
 */
async function loop(send, { from, count, inFlight }) {
  let seed = from;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (seed < from + count) {
      const text = await send(seed++);
      if (typeof text !== "string" || text === "") {
        throw new Error(`not an answer's text: ${text}`);
      }
    }
  }));
}
