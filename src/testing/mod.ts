/**
 * A mock of the OpenRouter API for tests: it speaks the same HTTP, invents its answers, and fails
 * on demand.
 *
 * @example
 * ```ts
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using server = await MockOpenRouter.start({
 *   faults: { rate: 0.3, kinds: [{ type: "status", status: 429 }], maxAttempt: 2 },
 * });
 * console.log(server.baseUrl);
 * ```
 *
 * @module
 */

export {
  MOCK_MODELS,
  type MockModel,
  type MockReasoning,
} from "./models.ts";
export type { MockEndpoint, MockRaw } from "./endpoints.ts";
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
export type {
  MockOutcome,
  MockRequestRecord,
  MockSeedCounts,
} from "./request_log.ts";
export { MockOpenRouter } from "./mock_openrouter.ts";
export type { MockOptions } from "./mock_options.ts";
export { PLANTED_QUESTION } from "./planted_sentences.ts";
export { plantedAnswerShares } from "./planted_thought.ts";
export { MOCK_PREFILLS, type MockPrefill } from "./mock_prefill.ts";
