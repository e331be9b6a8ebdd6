import { assertEquals } from "@std/assert";
import { RolloutsClient } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";

/** Samples with the option, and returns the number of workers that were started. */
async function workersStarted(workers: number): Promise<number> {
  await using mock = await MockOpenRouter.start();
  const { Worker: OwnWorker } = globalThis;
  let started = 0;
  globalThis.Worker = class extends OwnWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      started++;
      super(url, options);
    }
  };
  try {
    await using client = new RolloutsClient({
      model: "qwen/qwen3-30b-a3b",
      baseUrl: mock.baseUrl,
      apiKey: "sk-example",
      useCache: false,
      workers,
    });
    const rollouts = await client.generate("What is 5*10?", { nSamples: 3 });
    assertEquals(rollouts.length, 3);
    return started;
  } finally {
    globalThis.Worker = OwnWorker;
  }
}

Deno.test("RolloutsClient starts a worker with workers: 1 and none with workers: 0", async () => {
  assertEquals([await workersStarted(1), await workersStarted(0)], [1, 0]);
});
