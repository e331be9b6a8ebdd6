/**
 * `requestsPerMinute` limits how many requests start in any 60 seconds, including retries, and
 * spaces them evenly. It applies to the account: all clients with the same key share it.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const options = {
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 10,
  requestsPerMinute: 1_200, // one every 51 ms
  useCache: false, // otherwise the second run of this file would send nothing
};
const one = new RolloutsClient(options);
const other = new RolloutsClient(options);

const startMs = performance.now();
const [colors, animals] = await Promise.all([
  one.generate("Name a color.", { nSamples: 10 }),
  other.generate("Name an animal.", { nSamples: 10 }),
]);
const seconds = (performance.now() - startMs) / 1000;
console.log(
  `${colors.length} + ${animals.length} samples in ${seconds.toFixed(1)} s`,
);

// With one request per minute, the next one waits a minute, unless its signal aborts it.
try {
  await one.generate("Name a number.", {
    requestsPerMinute: 1,
    signal: AbortSignal.timeout(300),
  });
} catch (error) {
  console.log(`one more would have to wait: ${(error as Error).name}`);
}
