import { RolloutsClient } from "../../../mod.ts";
import { measure } from "./measure.mjs";
import { question, SAMPLING } from "./question.mjs";
import type { PromptsTask } from "./task.ts";

/** Calls `generate` for each prompt in turn. */
await measure((task: PromptsTask) => {
  const { baseUrl, apiKey, cacheDir, prompts, samplesPerPrompt } = task;
  const client = new RolloutsClient({
    ...SAMPLING,
    baseUrl,
    apiKey: apiKey ?? undefined,
    maxConcurrency: 64,
    maxRetries: 0,
    useCache: cacheDir !== null,
    cacheDir: cacheDir ?? undefined,
    progressBar: false,
  });
  return Promise.resolve(async () => {
    for (let index = 0; index < prompts; index++) {
      const { length } = await client.generate(question(index), {
        nSamples: samplesPerPrompt,
      });
      if (length !== samplesPerPrompt) throw new Error(`only ${length}`);
    }
  });
});
