/**
 * Five samples of one prompt: their reasoning, answers, and cost.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "qwen/qwen3-30b-a3b",
  temperature: 0.7,
  maxTokens: 500,
});
const rollouts = await client.generate("What is 5*10?", { nSamples: 5 });

for (const { seed, reasoning, content } of rollouts) {
  console.log({ seed, reasoning, content });
}
// Failed samples are reported by seed.
for (const [seed, error] of rollouts.errors) {
  console.log({ seed, error: error.message });
}
console.log(`${rollouts.length} of ${rollouts.numResponses} samples`);
console.log(`${rollouts.getTotalTokens()} tokens`);
console.log(`$${rollouts.getTotalCost().toFixed(6)}`);
console.log(rollouts.getFinishReasons());
