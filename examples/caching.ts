/**
 * Caching: each sample is a file. The same call again reads the files, a larger one requests only the
 * missing samples, and `explainMiss` explains why a sample is not cached.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 40,
  cacheDir: "my_cache",
});
const prompt = "What is the capital of France?";

const cold = await sample("cold", 3);
await sample("warm", 3);
const wider = await sample("wider", 5);
console.log(`the same texts: ${wider.at(0)?.full === cold.at(0)?.full}`);

const { reason } = client.explainMiss(prompt, { temperature: 1 });
console.log(`at temperature 1: ${reason}`);

// With cacheOnly, a sample that is not cached is an error, and nothing is requested.
const { errors } = await client.generate(prompt, { seed: 9, cacheOnly: true });
console.log(`seed 9: ${errors.get(9)?.name}`);

async function sample(name: string, nSamples: number) {
  const startMs = performance.now();
  const rollouts = await client.generate(prompt, { nSamples });
  const ms = Math.round(performance.now() - startMs);
  const cached = rollouts.responses.filter((response) => response.cached);
  console.log(`${name}: ${cached.length} of ${nSamples} cached, ${ms} ms`);
  return rollouts;
}
