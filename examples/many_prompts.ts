/**
 * Many prompts, as many at a time as the network takes, in bounded memory: they may come from a
 * file of any length. Results come in the order of the prompts. Ctrl-C finishes what is under way
 * and says how much is there; the same command goes on from there.
 *
 * @module
 */

import {
  type PromptInput,
  RolloutsClient,
  stopOnInterrupt,
} from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 40,
});

using interrupt = stopOnInterrupt(client);

/** A prompt is taken when there is room for it, not before. */
function* prompts(): Generator<PromptInput> {
  for (let factor = 1; factor <= 8; factor++) {
    if (interrupt.happened) return;
    yield `What is 12*${factor}?`;
  }
  // One may have options of its own.
  yield { prompt: "Name a color.", temperature: 1.5, nSamples: 6 };
}

let samples = 0;
let missing = 0;
for await (const rollouts of client.generateMany(prompts(), { nSamples: 3 })) {
  const answers = new Set(rollouts.getContents());
  console.log(
    `${rollouts.prompt} ${rollouts.length} samples, ${answers.size} different`,
  );
  samples += rollouts.length;
  missing += rollouts.errors.size;
}
console.log(`${samples} samples in all`);
if (missing > 0) {
  console.error(`${missing} are missing; the same command goes on from there`);
}
