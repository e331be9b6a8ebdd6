import { type MockEndpoint, mockEndpoint } from "./endpoints.ts";
import type { MockPrefill } from "./mock_prefill.ts";
import { PREFILL_ENDPOINTS } from "./prefill_endpoints.ts";
import { RAW_ENDPOINTS } from "./raw_endpoints.ts";

/** When a model writes its reasoning: "optional" models only where the request asks for it. */
export type MockReasoning = "always" | "default" | "optional" | "never";

/** A model that the mock server plays. */
export interface MockModel {
  /** The slug that requests name. */
  readonly id: string;
  /** The dated slug that answers name. */
  readonly canonicalSlug: string;
  /** The name for people. */
  readonly name: string;
  /** The longest conversation, in tokens. */
  readonly contextLength: number;
  /** The longest answer, in tokens. */
  readonly maxCompletionTokens: number;
  /** Dollars per prompt token, as a decimal string. */
  readonly promptPrice: string;
  /** Dollars per completion token, as a decimal string. */
  readonly completionPrice: string;
  /** When it reasons. */
  readonly reasoning: MockReasoning;
  /**
   * Whether its reasoning is never shown, though its tokens are counted.
   *
   * @default {false}
   */
  readonly hidesReasoning?: boolean;
  /**
   * Whether it always thinks the planted chain of thought, a few of whose sentences decide the answer:
   * see `plantedAnswerShares`.
   *
   * @default {false}
   */
  readonly isPlanted?: boolean;
  /** What becomes of a prefill, where the endpoint has no way of its own. */
  readonly prefill: MockPrefill;
  /** Who offers it, the usual provider first. */
  readonly endpoints: readonly MockEndpoint[];
}

/**
 * The models that a mock server plays by default.
 *
 * @example
 * ```ts
 * import { MOCK_MODELS } from "@rollouts/client/testing";
 *
 * console.log(MOCK_MODELS.map((model) => model.id));
 * ```
 */
export const MOCK_MODELS: readonly MockModel[] = [
  {
    id: "qwen/qwen3-30b-a3b",
    canonicalSlug: "qwen/qwen3-30b-a3b-04-28",
    name: "Qwen: Qwen3 30B A3B",
    contextLength: 40_960,
    maxCompletionTokens: 40_960,
    promptPrice: "0.00000008",
    completionPrice: "0.00000028",
    reasoning: "default",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("DeepInfra", "fp8"),
      mockEndpoint("Nebius", "fp8"),
      mockEndpoint("Novita", "fp8"),
    ],
  },
  {
    id: "qwen/qwen3-32b",
    canonicalSlug: "qwen/qwen3-32b-04-28",
    name: "Qwen: Qwen3 32B",
    contextLength: 40_960,
    maxCompletionTokens: 40_960,
    promptPrice: "0.00000008",
    completionPrice: "0.00000024",
    reasoning: "default",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("DeepInfra", "fp8"),
      mockEndpoint("Cerebras", "fp16"),
      mockEndpoint("SambaNova", "bf16"),
    ],
  },
  {
    id: "qwen/qwen3-235b-a22b",
    canonicalSlug: "qwen/qwen3-235b-a22b-04-28",
    name: "Qwen: Qwen3 235B A22B",
    contextLength: 40_960,
    maxCompletionTokens: 40_960,
    promptPrice: "0.00000013",
    completionPrice: "0.0000006",
    reasoning: "default",
    prefill: "reasoning",
    endpoints: PREFILL_ENDPOINTS,
  },
  {
    id: "qwen/qwq-32b",
    canonicalSlug: "qwen/qwq-32b",
    name: "Qwen: QwQ 32B",
    contextLength: 131_072,
    maxCompletionTokens: 131_072,
    promptPrice: "0.00000015",
    completionPrice: "0.0000004",
    reasoning: "always",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("DeepInfra", "bf16"),
      mockEndpoint("Nebius", "fp8"),
    ],
  },
  {
    id: "deepseek/deepseek-r1",
    canonicalSlug: "deepseek/deepseek-r1",
    name: "DeepSeek: R1",
    contextLength: 163_840,
    maxCompletionTokens: 163_840,
    promptPrice: "0.0000007",
    completionPrice: "0.0000025",
    reasoning: "always",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("DeepInfra", "fp4"),
      mockEndpoint("Novita", "fp8"),
    ],
  },
  {
    id: "deepseek/deepseek-r1:free",
    canonicalSlug: "deepseek/deepseek-r1",
    name: "DeepSeek: R1 (free)",
    contextLength: 163_840,
    maxCompletionTokens: 163_840,
    promptPrice: "0",
    completionPrice: "0",
    reasoning: "always",
    prefill: "reasoning",
    endpoints: [mockEndpoint("Chutes", "fp8")],
  },
  {
    id: "anthropic/claude-sonnet-4",
    canonicalSlug: "anthropic/claude-4-sonnet-20250522",
    name: "Anthropic: Claude Sonnet 4",
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    promptPrice: "0.000003",
    completionPrice: "0.000015",
    reasoning: "optional",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("Anthropic", "unknown", { raw: "refuse" }),
      mockEndpoint("Google", "unknown", { raw: "refuse" }),
    ],
  },
  {
    id: "anthropic/claude-sonnet-4.6",
    canonicalSlug: "anthropic/claude-4.6-sonnet-20260217",
    name: "Anthropic: Claude Sonnet 4.6",
    contextLength: 1_000_000,
    maxCompletionTokens: 128_000,
    promptPrice: "0.000003",
    completionPrice: "0.000015",
    reasoning: "optional",
    prefill: "reject",
    endpoints: [
      mockEndpoint("Anthropic", "unknown", { raw: "refuse" }),
      mockEndpoint("Google", "unknown", { raw: "refuse" }),
    ],
  },
  {
    id: "openai/gpt-oss-20b",
    canonicalSlug: "openai/gpt-oss-20b",
    name: "OpenAI: gpt-oss-20b",
    contextLength: 131_072,
    maxCompletionTokens: 131_072,
    promptPrice: "0.00000003",
    completionPrice: "0.00000014",
    reasoning: "always",
    prefill: "ignore",
    endpoints: RAW_ENDPOINTS,
  },
  {
    id: "openai/gpt-oss-120b",
    canonicalSlug: "openai/gpt-oss-120b",
    name: "OpenAI: gpt-oss-120b",
    contextLength: 131_072,
    maxCompletionTokens: 131_072,
    promptPrice: "0.00000004",
    completionPrice: "0.00000019",
    reasoning: "always",
    prefill: "ignore",
    endpoints: RAW_ENDPOINTS,
  },
  {
    id: "openai/o4-mini",
    canonicalSlug: "openai/o4-mini-2025-04-16",
    name: "OpenAI: o4 Mini",
    contextLength: 200_000,
    maxCompletionTokens: 100_000,
    promptPrice: "0.0000011",
    completionPrice: "0.0000044",
    reasoning: "always",
    hidesReasoning: true,
    prefill: "ignore",
    endpoints: [
      mockEndpoint("OpenAI", "unknown", { raw: "wrap" }),
      mockEndpoint("Azure", "unknown", { raw: "refuse" }),
    ],
  },
  {
    id: "openai/gpt-4o",
    canonicalSlug: "openai/gpt-4o",
    name: "OpenAI: GPT-4o",
    contextLength: 128_000,
    maxCompletionTokens: 16_384,
    promptPrice: "0.0000025",
    completionPrice: "0.00001",
    reasoning: "never",
    prefill: "ignore",
    endpoints: [
      mockEndpoint("OpenAI", "unknown", { raw: "wrap" }),
      mockEndpoint("Azure", "unknown", { raw: "refuse" }),
    ],
  },
  {
    id: "google/gemini-2.5-flash",
    canonicalSlug: "google/gemini-2.5-flash",
    name: "Google: Gemini 2.5 Flash",
    contextLength: 1_048_576,
    maxCompletionTokens: 65_535,
    promptPrice: "0.0000003",
    completionPrice: "0.0000025",
    reasoning: "optional",
    hidesReasoning: true,
    prefill: "ignore",
    endpoints: [
      mockEndpoint("Google AI Studio", "unknown", { raw: "refuse" }),
      mockEndpoint("Google", "unknown", { raw: "refuse" }),
    ],
  },
  {
    id: "meta-llama/llama-3.1-8b-instruct",
    canonicalSlug: "meta-llama/llama-3.1-8b-instruct",
    name: "Meta: Llama 3.1 8B Instruct",
    contextLength: 131_072,
    maxCompletionTokens: 16_384,
    promptPrice: "0.00000002",
    completionPrice: "0.00000003",
    reasoning: "never",
    prefill: "content",
    endpoints: [
      mockEndpoint("DeepInfra", "bf16"),
      mockEndpoint("Novita", "fp8"),
    ],
  },
  {
    id: "moonshotai/kimi-k2.5",
    canonicalSlug: "moonshotai/kimi-k2.5-0127",
    name: "MoonshotAI: Kimi K2.5",
    contextLength: 262_144,
    maxCompletionTokens: 262_144,
    promptPrice: "0.00000045",
    completionPrice: "0.0000025",
    reasoning: "default",
    prefill: "reasoning",
    endpoints: [
      mockEndpoint("Inceptron", "int4"),
      mockEndpoint("Fireworks", "fp8"),
    ],
  },
  {
    id: "mock/planted-anchors",
    canonicalSlug: "mock/planted-anchors",
    name: "Mock: a chain of thought with planted anchors",
    contextLength: 131_072,
    maxCompletionTokens: 131_072,
    promptPrice: "0.0000001",
    completionPrice: "0.0000004",
    reasoning: "always",
    isPlanted: true,
    prefill: "reasoning",
    endpoints: [mockEndpoint("DeepInfra", "bf16")],
  },
];
