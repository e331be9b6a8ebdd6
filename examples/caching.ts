/**
 * Every sample is a file of its own, and none is bought twice: the same call again reads the
 * files, a wider one requests what is missing, and `explainMiss` says why something is not there.
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

// Where nothing may be paid, a sample that is not there is an error instead of a request.
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
