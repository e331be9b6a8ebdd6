// @ts-check
import { importPackage } from "./import_package.mjs";
import { measure } from "./measure.mjs";
import { API_KEY, question, SAMPLING } from "./question.mjs";

const { RolloutsClient } = await importPackage("@rollouts/client");

await measure(
  /** @param {import("./task.ts").RequestTask} task */
  async (task) => {
    const { baseUrl, requests, inFlight, warmUpRequests, cacheDir } = task;
    const client = new RolloutsClient({
      ...SAMPLING,
      baseUrl,
      apiKey: API_KEY,
      maxConcurrency: inFlight,
      maxRetries: 0,
      useCache: cacheDir !== null,
      cacheDir: cacheDir ?? undefined,
      workers: task.workers,
      progressBar: false,
    });
    /**
     * @param {string} prompt
     * @param {number} nSamples
     */
    const sample = async (prompt, nSamples) => {
      const rollouts = await client.generate(prompt, { nSamples });
      const [error] = rollouts.errors.values();
      if (error !== undefined) throw error;
    };
    // The warm-up uses another prompt, so that its samples do not count as cached.
    await sample(question(1), warmUpRequests);
    return () => sample(question(0), requests);
  },
);
