import { RolloutsClient } from "../../../mod.ts";
import { measure } from "./measure.mjs";
import { API_KEY, question, SAMPLING } from "./question.mjs";
import type { RequestTask } from "./task.ts";

await measure(async (task: RequestTask) => {
  const { baseUrl, requests, inFlight, warmUpRequests, cacheDir } = task;
  const client = new RolloutsClient({
    ...SAMPLING,
    baseUrl,
    apiKey: API_KEY,
    maxConcurrency: inFlight,
    maxRetries: 0,
    useCache: cacheDir !== null,
    cacheDir: cacheDir ?? undefined,
    progressBar: false,
  });
  const sample = async (prompt: string, nSamples: number) => {
    const rollouts = await client.generate(prompt, { nSamples });
    const [error] = rollouts.errors.values();
    if (error !== undefined) throw error;
  };
  // The warm-up uses another prompt, so that its samples do not count as cached.
  await sample(question(1), warmUpRequests);
  return () => sample(question(0), requests);
});
