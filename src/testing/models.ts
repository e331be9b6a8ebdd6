import {
  type MockEndpoint,
  mockEndpoint,
  PREFILL_ENDPOINTS,
  type PrefillBehavior,
  RAW_PROMPT_ENDPOINTS,
} from "./endpoints.ts";

/** A model that the mock server offers. */
export interface MockModel {
  /** The slug for requests. */
  readonly id: string;
  /** The dated slug that responses have. */
  readonly canonicalSlug: string;
  /** The display name. */
  readonly name: string;
  /** The longest prompt, in tokens. */
  readonly contextLength: number;
  /** The longest completion, in tokens. */
  readonly maxCompletionTokens: number;
  /** Dollars per prompt token, as a decimal string. */
  readonly promptPrice: string;
  /** Dollars per completion token, as a decimal string. */
  readonly completionPrice: string;
  /**
   * When it reasons: "always", or by "default" unless the request disables it, or only if the
   * request enables it ("optional"), or "never".
   */
  readonly reasoning: "always" | "default" | "optional" | "never";
  /**
   * Whether responses omit its reasoning. The tokens are counted all the same.
   *
   * @default {false}
   */
  readonly hidesReasoning?: boolean;
  /**
   * Whether it answers with the planted chain of thought, in which a few sentences decide the
   * answer: see `plantedAnswerShares`.
   *
   * @default {false}
   */
  readonly isPlanted?: boolean;
  /**
   * Whether a real language model answers, which this package contains: a Llama of 253,152
   * parameters, trained on invented sums. It reasons, continues prefills, and reports its log
   * probabilities. Its context has 512 tokens; a token is a byte. It ignores tools, response
   * formats and penalties. It is too small for the words that `probePrefill()` asks for, which
   * therefore reports that it does not continue prefills.
   *
   * @default {false}
   */
  readonly isTinySums?: boolean;
  /** The behavior of its endpoints for a prefill, unless they have their own behavior. */
  readonly prefill: PrefillBehavior;
  /** The providers that offer it, the usual one first. */
  readonly endpoints: readonly MockEndpoint[];
}

/**
 * The models that a mock server offers by default.
 *
 * @example
 * ```ts
 * import { MOCK_MODELS } from "@rollouts/client/testing";
 *
 * console.log(MOCK_MODELS.map((model) => model.id));
 * ```
 */
export const MOCK_MODELS: readonly MockModel[] = [
  mockModel("qwen/qwen3-30b-a3b", "Qwen: Qwen3 30B A3B", {
    canonicalSlug: "qwen/qwen3-30b-a3b-04-28",
    contextLength: 40_960,
    promptPrice: "0.00000008",
    completionPrice: "0.00000028",
    reasoning: "default",
    endpoints: endpoints(["DeepInfra/fp8", "Nebius/fp8", "Novita/fp8"]),
  }),
  mockModel("qwen/qwen3-32b", "Qwen: Qwen3 32B", {
    canonicalSlug: "qwen/qwen3-32b-04-28",
    contextLength: 40_960,
    promptPrice: "0.00000008",
    completionPrice: "0.00000024",
    reasoning: "default",
    endpoints: endpoints(["DeepInfra/fp8", "Cerebras/fp16", "SambaNova/bf16"]),
  }),
  mockModel("qwen/qwen3-235b-a22b", "Qwen: Qwen3 235B A22B", {
    canonicalSlug: "qwen/qwen3-235b-a22b-04-28",
    contextLength: 40_960,
    promptPrice: "0.00000013",
    completionPrice: "0.0000006",
    reasoning: "default",
    endpoints: PREFILL_ENDPOINTS,
  }),
  mockModel("qwen/qwq-32b", "Qwen: QwQ 32B", {
    contextLength: 131_072,
    promptPrice: "0.00000015",
    completionPrice: "0.0000004",
    reasoning: "always",
    endpoints: endpoints(["DeepInfra/bf16", "Nebius/fp8"]),
  }),
  mockModel("deepseek/deepseek-r1", "DeepSeek: R1", {
    contextLength: 163_840,
    promptPrice: "0.0000007",
    completionPrice: "0.0000025",
    reasoning: "always",
    endpoints: endpoints(["DeepInfra/fp4", "Novita/fp8"]),
  }),
  mockModel("deepseek/deepseek-r1:free", "DeepSeek: R1 (free)", {
    canonicalSlug: "deepseek/deepseek-r1",
    contextLength: 163_840,
    promptPrice: "0",
    completionPrice: "0",
    reasoning: "always",
    endpoints: endpoints(["Chutes/fp8"]),
  }),
  mockModel("anthropic/claude-sonnet-4", "Anthropic: Claude Sonnet 4", {
    canonicalSlug: "anthropic/claude-4-sonnet-20250522",
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    promptPrice: "0.000003",
    completionPrice: "0.000015",
    reasoning: "optional",
    endpoints: endpoints(["Anthropic", "Google"], { rawPrompt: "reject" }),
  }),
  mockModel("anthropic/claude-sonnet-4.6", "Anthropic: Claude Sonnet 4.6", {
    canonicalSlug: "anthropic/claude-4.6-sonnet-20260217",
    contextLength: 1_000_000,
    maxCompletionTokens: 128_000,
    promptPrice: "0.000003",
    completionPrice: "0.000015",
    reasoning: "optional",
    prefill: "reject",
    endpoints: endpoints(["Anthropic", "Google"], { rawPrompt: "reject" }),
  }),
  mockModel("openai/gpt-oss-20b", "OpenAI: gpt-oss-20b", {
    contextLength: 131_072,
    promptPrice: "0.00000003",
    completionPrice: "0.00000014",
    reasoning: "always",
    prefill: "ignore",
    endpoints: RAW_PROMPT_ENDPOINTS,
  }),
  mockModel("openai/gpt-oss-120b", "OpenAI: gpt-oss-120b", {
    contextLength: 131_072,
    promptPrice: "0.00000004",
    completionPrice: "0.00000019",
    reasoning: "always",
    prefill: "ignore",
    endpoints: RAW_PROMPT_ENDPOINTS,
  }),
  mockModel("openai/o4-mini", "OpenAI: o4 Mini", {
    canonicalSlug: "openai/o4-mini-2025-04-16",
    contextLength: 200_000,
    maxCompletionTokens: 100_000,
    promptPrice: "0.0000011",
    completionPrice: "0.0000044",
    reasoning: "always",
    hidesReasoning: true,
    prefill: "ignore",
    endpoints: [
      mockEndpoint("OpenAI", { rawPrompt: "wrap" }),
      mockEndpoint("Azure", { rawPrompt: "reject" }),
    ],
  }),
  mockModel("openai/gpt-4o", "OpenAI: GPT-4o", {
    contextLength: 128_000,
    maxCompletionTokens: 16_384,
    promptPrice: "0.0000025",
    completionPrice: "0.00001",
    reasoning: "never",
    prefill: "ignore",
    endpoints: [
      mockEndpoint("OpenAI", { rawPrompt: "wrap" }),
      mockEndpoint("Azure", { rawPrompt: "reject" }),
    ],
  }),
  mockModel("google/gemini-2.5-flash", "Google: Gemini 2.5 Flash", {
    contextLength: 1_048_576,
    maxCompletionTokens: 65_535,
    promptPrice: "0.0000003",
    completionPrice: "0.0000025",
    reasoning: "optional",
    hidesReasoning: true,
    prefill: "ignore",
    endpoints: endpoints(["Google AI Studio", "Google"], {
      rawPrompt: "reject",
    }),
  }),
  mockModel("meta-llama/llama-3.1-8b-instruct", "Meta: Llama 3.1 8B Instruct", {
    contextLength: 131_072,
    maxCompletionTokens: 16_384,
    promptPrice: "0.00000002",
    completionPrice: "0.00000003",
    reasoning: "never",
    prefill: "content",
    endpoints: endpoints(["DeepInfra/bf16", "Novita/fp8"]),
  }),
  mockModel("moonshotai/kimi-k2.5", "MoonshotAI: Kimi K2.5", {
    canonicalSlug: "moonshotai/kimi-k2.5-0127",
    contextLength: 262_144,
    promptPrice: "0.00000045",
    completionPrice: "0.0000025",
    reasoning: "default",
    endpoints: endpoints(["Inceptron/int4", "Fireworks/fp8"]),
  }),
  mockModel(
    "mock/planted-anchors",
    "Mock: a chain of thought with planted anchors",
    {
      contextLength: 131_072,
      promptPrice: "0.0000001",
      completionPrice: "0.0000004",
      reasoning: "always",
      isPlanted: true,
      endpoints: endpoints(["DeepInfra/bf16"]),
    },
  ),
  mockModel("rollouts/tiny-sums", "Rollouts: Tiny Sums", {
    contextLength: 512,
    promptPrice: "0.00000001",
    completionPrice: "0.00000004",
    reasoning: "always",
    isTinySums: true,
    endpoints: endpoints(["Rollouts/fp16"]),
  }),
];

/** Completes a model with what most models have. */
function mockModel(
  id: string,
  name: string,
  fields:
    & Omit<
      MockModel,
      "id" | "name" | "canonicalSlug" | "maxCompletionTokens" | "prefill"
    >
    & Partial<MockModel>,
): MockModel {
  return {
    id,
    name,
    canonicalSlug: id,
    maxCompletionTokens: fields.contextLength,
    prefill: "reasoning",
    ...fields,
  };
}

/** Endpoints that differ only in their names. */
function endpoints(
  names: readonly string[],
  options: Pick<MockEndpoint, "rawPrompt"> = {},
): MockEndpoint[] {
  return names.map((name) => mockEndpoint(name, options));
}
