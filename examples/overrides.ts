/**
 * Overrides: the options of a client are the defaults of its calls. A call can override any of
 * them, including the model.
 *
 * @module
 */

import { type GenerateOptions, RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  temperature: 0.7,
  maxTokens: 40,
});

const calls: Record<string, GenerateOptions> = {
  "the client's own": {},
  "hotter and longer": { temperature: 1.5, maxTokens: 80 },
  "another model": { model: "qwen/qwen3-30b-a3b", maxTokens: 200 },
  "from seed 42": { seed: 42, nSamples: 2 },
  "the client's own, again": {},
};
for (const [name, options] of Object.entries(calls)) {
  const rollouts = await client.generate("Write a haiku on rain.", options);
  const { model, temperature, maxTokens } = rollouts;
  const seeds = rollouts.responses.map(({ seed }) => seed);
  console.log(`── ${name}:`, { model, temperature, maxTokens, seeds });
  console.log(rollouts.getContents().join("\n"));
}
