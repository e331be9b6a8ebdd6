/**
 * `requestsPerMinute` bounds how many requests start in any 60 seconds, those that are tried again
 * included. The limit is the account's: all clients with the same key count together.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const options = {
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 10,
  requestsPerMinute: 20,
  useCache: false, // else the second run of this file would send nothing
};
const one = new RolloutsClient(options);
const other = new RolloutsClient(options);

// All requests of a minute may start at once.
const [colors, animals] = await Promise.all([
  one.generate("Name a color.", { nSamples: 10 }),
  other.generate("Name an animal.", { nSamples: 10 }),
]);
console.log(`${colors.length} + ${animals.length} samples at once`);

// The next waits until a minute has passed since the first, unless its caller has no time.
try {
  await one.generate("Name a number.", { signal: AbortSignal.timeout(300) });
} catch (error) {
  console.log(`one more would have to wait: ${(error as Error).name}`);
}
