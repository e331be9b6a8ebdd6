/**
 * One request, one answer, on this thread: no cache, no retry, no limit. An error is thrown.
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
// The provider's whole answer, as it came.
console.log(Object.keys(response.raw ?? {}).join());

try {
  await openRouter.generateSingle("Hi", { model: "no/such-model" });
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  const { name, status, retryable } = error;
  console.log({ name, status, retryable });
}
