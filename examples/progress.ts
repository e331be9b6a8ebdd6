/**
 * Two ways to see how far a call is: the bar, which is drawn on a terminal for more than one
 * sample, and `onProgress`, for a program that shows it in its own way.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 30,
});
const prompt = "Write a joke in one line.";

// The bar needs nothing. It is gone when the call is done, and never stands in a log file.
const jokes = await client.generate(prompt, { nSamples: 4 });
console.log(`${jokes.length} jokes`);

// The same call, wider: the samples that are cached count as done at once.
await client.generate(prompt, {
  nSamples: 10,
  progressBar: false,
  onProgress({ done, total, cached, failed, costUsd, elapsedMs }) {
    console.log(
      `${done}/${total} done (${cached} cached, ${failed} failed)`,
      `$${costUsd.toFixed(7)} in ${Math.round(elapsedMs)} ms`,
    );
  },
});
