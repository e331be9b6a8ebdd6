/**
 * What follows `<think>` in a prompt is the beginning of the model's own reasoning, and the model
 * goes on from there. So a chain of thought can be cut anywhere, to sample what else might follow.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "qwen/qwen3-30b-a3b",
  maxTokens: 300,
});
const question = "What is 5*10?";

// A thought of one's own. It does not end with a space: most tokens begin with one.
const injected = await client.generate(`${question}\n<think>\n5*1`, {
  nSamples: 3,
});
for (const { seed, reasoning } of injected) {
  console.log(`seed ${seed}: 5*1▸${firstLine(reasoning)}`);
}

// A thought of the model's, cut after its first sentence and sampled anew from there.
const base = (await client.generate(question)).at(0);
const sentence = /[^.]*\./.exec(base?.reasoning ?? "")?.[0].trimStart() ?? "";
const resampled = await client.generate(`${question}\n<think>\n${sentence}`, {
  nSamples: 3,
});
for (const { seed, reasoning } of resampled) {
  console.log(`seed ${seed}: ${sentence}▸${firstLine(reasoning)}`);
}

function firstLine(text: string | null): string {
  return (text ?? "").split("\n").find((line) => line !== "") ?? "";
}
