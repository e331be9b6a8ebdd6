/**
 * A mock of the OpenRouter API, for tests that need a server but no network and no API key.
 *
 * `MockOpenRouter` speaks the same HTTP as the real API. It invents its texts, the same ones for
 * the same request, and it fails on demand. Its models and providers cover the differences that
 * clients have to handle: reasoning that is shown, hidden or optional, what happens to a prefill,
 * and prices.
 *
 * One model, `rollouts/tiny-sums`, is a real language model of 253,152 parameters that this package
 * contains. It adds and multiplies numbers up to 10, and its reasoning decides its answer.
 *
 * @example Retries until a request succeeds
 * ```ts
 * import { RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = await MockOpenRouter.start({
 *   faults: ({ attempt }) =>
 *     attempt === 1 ? { type: "status", status: 503, retryAfter: 0 } : null,
 * });
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   baseUrl: server.baseUrl,
 *   apiKey: "any-key",
 *   useCache: false,
 * });
 * const { responses } = await client.generate("What is 5*10?", { nSamples: 3 });
 * assertEquals(responses.length, 3);
 * assertEquals([server.started, server.answered], [6, 3]);
 * ```
 *
 * @module
 */

export { ANSWER_SHAPES, type AnswerShape } from "./answer_shapes.ts";
export {
  type MockEndpoint,
  PREFILL_BEHAVIORS,
  type PrefillBehavior,
  type RawPromptBehavior,
} from "./endpoints.ts";
export type {
  Fault,
  FaultContext,
  FaultFunction,
  FaultPlan,
  FaultRates,
  FaultType,
  HtmlFault,
  LateErrorFault,
  PlainFault,
  StatusFault,
} from "./faults.ts";
export { MockOpenRouter } from "./mock_openrouter.ts";
export type { MockOptions } from "./mock_options.ts";
export { MOCK_MODELS, type MockModel } from "./models.ts";
export { PLANTED_QUESTION } from "./planted_sentences.ts";
export { plantedAnswerShares } from "./planted_thought.ts";
export type {
  MockOutcome,
  MockRequestRecord,
  MockSeedCounts,
} from "./request_log.ts";
