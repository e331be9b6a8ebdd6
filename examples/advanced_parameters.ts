/**
 * Parameters of the API: some have options, and all others go into `extraBody`. Each is part of the
 * cache key, so two calls that differ in one never share a sample.
 *
 * @module
 */

import { type GenerateOptions, RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 60,
  temperature: 0.9,
});

const calls: GenerateOptions[] = [
  { topK: 20, presencePenalty: 0.5, frequencyPenalty: -0.5 },
  { minP: 0.05, topA: 0.8, repetitionPenalty: 1.1 },
  { stop: ["."], logitBias: { "198": -100 } },
  { responseFormat: { type: "json_object" } },
  { extraBody: { verbosity: "low" } },
];
for (const options of calls) {
  const rollouts = await client.generate("Describe a robot as JSON.", options);
  console.log(`── ${JSON.stringify(options)}`);
  console.log(rollouts.at(0)?.content);
  console.log(`stored in ${rollouts.cacheDir}`);
}
