/** When a model writes its reasoning: "optional" models only where the request asks for it. */
export type MockReasoning = "always" | "default" | "optional" | "never";

/**
 * What comes of a prefill (a last message that is the assistant's).
 *
 * - "reasoning": the thought goes on in `message.reasoning`, the prefix is not repeated
 * - "content": the rest of the thought, `</think>` and the answer all stand in `content`
 * - "echo": as "reasoning", but the prefix comes first
 * - "ignore": the model starts afresh
 * - "misfiled": as "reasoning", but after a closed `</think>` the answer stands in `reasoning`
 * - "reject": a 400
 */
export type MockPrefill = typeof MOCK_PREFILLS[number];

/** One provider's offer of a model. */
export interface MockEndpoint {
  /** The provider's name, as answers give it. */
  readonly providerName: string;
  /** What `provider.only` and `provider.order` take. */
  readonly tag: string;
  /** The precision of the weights. */
  readonly quantization: string;
}

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
  /** What it makes of a prefill. */
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
      endpoint("DeepInfra", "fp8"),
      endpoint("Nebius", "fp8"),
      endpoint("Novita", "fp8"),
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
      endpoint("DeepInfra", "fp8"),
      endpoint("Cerebras", "fp16"),
      endpoint("SambaNova", "bf16"),
    ],
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
    endpoints: [endpoint("DeepInfra", "bf16"), endpoint("Nebius", "fp8")],
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
    endpoints: [endpoint("DeepInfra", "fp4"), endpoint("Novita", "fp8")],
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
    endpoints: [endpoint("Chutes", "fp8")],
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
      endpoint("Anthropic", "unknown"),
      endpoint("Google", "unknown"),
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
    endpoints: [endpoint("DeepInfra", "fp4"), endpoint("Groq", "unknown")],
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
    endpoints: [endpoint("OpenAI", "unknown"), endpoint("Azure", "unknown")],
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
    prefill: "ignore",
    endpoints: [
      endpoint("Google AI Studio", "unknown"),
      endpoint("Google", "unknown"),
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
    endpoints: [endpoint("DeepInfra", "bf16"), endpoint("Novita", "fp8")],
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
    endpoints: [endpoint("Inceptron", "int4"), endpoint("Fireworks", "fp8")],
  },
];

/** The names of what can come of a prefill; {@linkcode MockPrefill} says what they mean. */
export const MOCK_PREFILLS = [
  "reasoning",
  "content",
  "echo",
  "ignore",
  "misfiled",
  "reject",
] as const;

/** The slug of a provider: "Google AI Studio" is "google-ai-studio". */
export function providerSlug(providerName: string): string {
  return providerName.toLowerCase().replaceAll(" ", "-");
}

function endpoint(providerName: string, quantization: string): MockEndpoint {
  const slug = providerSlug(providerName);
  const tag = quantization === "unknown" ? slug : `${slug}/${quantization}`;
  return { providerName, tag, quantization };
}
