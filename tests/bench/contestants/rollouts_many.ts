import { type PromptInput, RolloutsClient } from "../../../mod.ts";
import { measure } from "./measure.mjs";
import { question, SAMPLING } from "./question.mjs";
import type { ManyTask } from "./task.ts";

/** Iterates over `generateMany`, and discards the results. */
await measure((task: ManyTask) => {
  const { baseUrl, apiKey, cacheDir, prompts, samplesPerPrompt } = task;
  const client = new RolloutsClient({
    ...SAMPLING,
    baseUrl,
    apiKey: apiKey ?? undefined,
    maxConcurrency: 64,
    maxRetries: 0,
    useCache: cacheDir !== null,
    cacheDir: cacheDir ?? undefined,
  });
  return Promise.resolve(async () => {
    let samples = 0;
    const items = manyPrompts(task);
    for await (const { length } of client.generateMany(items)) {
      samples += length;
    }
    if (samples !== prompts * samplesPerPrompt) {
      throw new Error(`only ${samples}`);
    }
  });
});

function* manyPrompts(
  { prompts, samplesPerPrompt, samplesPerCall }: ManyTask,
): Generator<PromptInput> {
  for (let index = 0; index < prompts; index++) {
    for (let seed = 0; seed < samplesPerPrompt; seed += samplesPerCall) {
      yield { prompt: question(index), seed, nSamples: samplesPerCall };
    }
  }
}
