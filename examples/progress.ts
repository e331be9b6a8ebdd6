/**
 * The progress of a call: a bar, drawn on a terminal if the call has several samples, and
 * `onProgress`, for programs that show the progress themselves.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 30,
});
const prompt = "Write a joke in one line.";

// The bar is on by default. It disappears when the call is done, and is never written to a log
// file.
const jokes = await client.generate(prompt, { nSamples: 4 });
console.log(`${jokes.length} jokes`);

// A larger call: cached samples count as done at once.
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
