/**
 * Prefilled reasoning: text after `<think>` in a prompt is the start of the model's reasoning, and
 * the model continues it. So you can cut a chain of thought anywhere, and sample other
 * continuations.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "qwen/qwen3-30b-a3b",
  maxTokens: 300,
});
const question = "What is 5*10?";

// Your own text. Do not end it with a space, because most tokens start with one.
const injected = await client.generate(`${question}\n<think>\n5*1`, {
  nSamples: 3,
});
for (const { seed, reasoning } of injected) {
  console.log(`seed ${seed}: 5*1▸${firstLine(reasoning)}`);
}

// The model's reasoning, cut after its first sentence and continued from there.
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
