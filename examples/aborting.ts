/**
 * Aborting: a call rejects with the reason of its signal. Finished samples stay in the cache, and
 * the next call continues from them.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 20,
  maxConcurrency: 2, // requests in flight are billed, although the call no longer waits for them
});
const prompt = "Name a mountain.";
const enough = new AbortController();

try {
  await client.generate(prompt, {
    nSamples: 100,
    signal: enough.signal,
    onProgress({ done }) {
      if (done >= 5) enough.abort(new Error("five are enough"));
    },
  });
} catch (error) {
  console.log(`ended: ${(error as Error).message}`);
}

const kept = await client.generate(prompt, { nSamples: 100, cacheOnly: true });
console.log(`${kept.length} of 100 samples are in the cache`);
const more = await client.generate(prompt, { nSamples: 10 });
const bought = more.responses.filter((response) => !response.cached);
console.log(`${bought.length} more make ${more.length}`);
