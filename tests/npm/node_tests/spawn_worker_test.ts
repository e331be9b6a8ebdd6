import { assertEquals } from "@std/assert";
import { spawnWorker } from "../../../src/platform/node/spawn_worker.ts";

/** Returns the reason for which a worker with this code counts as crashed after a message. */
function crashReason(code: string): Promise<string> {
  return new Promise((resolve) => {
    const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const worker = spawnWorker(
      { onMessage: () => {}, onCrash: resolve },
      entry,
    );
    worker.post({ type: "cancel", id: 0 });
  });
}

const ON_MESSAGE = `import { parentPort } from "node:worker_threads";
parentPort.once("message", () => `;

Deno.test("spawnWorker() reports why a worker crashed", async () => {
  const code = `${ON_MESSAGE} { throw new Error("enough"); });`;
  assertEquals(await crashReason(code), "enough");
});

Deno.test("spawnWorker() reports a worker that exits", async () => {
  const code = `${ON_MESSAGE} process.exit(3));`;
  assertEquals(await crashReason(code), "it ended with code 3");
});

Deno.test("spawnWorker() reports nothing about a worker that it terminated", async () => {
  const told: string[] = [];
  const ended = spawnWorker({
    onMessage: () => {},
    onCrash: (reason) => told.push(reason),
  }, new URL("data:text/javascript,setInterval(() => {}, 1000)"));
  ended.terminate();
  // Another worker that starts and ends after it.
  await crashReason(`${ON_MESSAGE} process.exit(0));`);
  assertEquals(told, []);
});

Deno.test("spawnWorker() ignores messages that other code sends from the worker's thread", async () => {
  const code = `${ON_MESSAGE} {
    for (const message of [{ "watch:import": [] }, null, { outcomes: [] }]) {
      parentPort.postMessage(message);
    }
  });`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const seen: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const worker = spawnWorker({
      onMessage: (message) => {
        seen.push(message);
        worker.terminate();
        resolve();
      },
      onCrash: reject,
    }, entry);
    worker.post({ type: "cancel", id: 0 });
  });
  assertEquals(seen, [{ outcomes: [] }]);
});
