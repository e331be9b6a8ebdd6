/**
 * Single requests on this thread, without cache, retries, or limits. A failed request throws.
 *
 * @module
 */

import { ApiError, OpenRouter } from "@rollouts/client";

const openRouter = new OpenRouter();

const response = await openRouter.generateSingle(
  "What is 5*10?\n<think>\n5*1",
  { model: "qwen/qwen3-30b-a3b", maxTokens: 300 },
  { seed: 7 },
);
console.log(`5*1▸${response.full}`);
console.log(response.usage);
// The whole answer of the provider, unchanged.
console.log(Object.keys(response.raw ?? {}).join());

try {
  await openRouter.generateSingle("Hi", { model: "no/such-model" });
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  const { name, status, retryable } = error;
  console.log({ name, status, retryable });
}
