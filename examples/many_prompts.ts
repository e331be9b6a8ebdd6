/**
 * Many prompts, several at a time, in bounded memory: they can come from a file of any length. The
 * results have the order of the prompts. Ctrl-C finishes the requests in flight. Run the program
 * again to continue.
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

/** Yields prompts. The client takes each when it can start it. */
function* prompts(): Generator<PromptInput> {
  for (let factor = 1; factor <= 8; factor++) {
    if (interrupt.happened) return;
    yield `What is 12*${factor}?`;
  }
  // A prompt can have its own options.
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
  console.error(`${missing} are missing; run the program again to continue`);
}
