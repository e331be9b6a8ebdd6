/**
 * The behavior of a provider for a prefill (a last message whose role is "assistant").
 *
 * The model continues where the prefill stops:
 * - "reasoning": the reasoning continues in `message.reasoning`, without the prefill
 * - "content": the rest of the reasoning, `</think>` and the answer are all in `content`
 * - "echo": like "reasoning", but `reasoning` begins with that of the prefill
 * - "echo_content": like "content", but `content` begins with the reasoning of the prefill
 * - "echo_prefill": like "content", but `content` begins with the whole prefill, `<think>` included
 * - "misfiled": like "reasoning", but after a closed `</think>` the answer is in `reasoning`
 * - "hidden": like "reasoning", but `reasoning` is null; its tokens are counted
 *
 * It does not:
 * - "ignore": it starts over, with its own reasoning
 * - "answer": it starts over, and answers without reasoning
 * - "reject": status 400
 *
 * Or it depends on the seed:
 * - "mixed": "reasoning" for about half of the seeds, "ignore" for the others
 */
export type PrefillBehavior = typeof PREFILL_BEHAVIORS[number];

/** The names of all prefill behaviors; {@linkcode PrefillBehavior} describes them. */
export const PREFILL_BEHAVIORS = [
  "reasoning",
  "content",
  "echo",
  "echo_content",
  "echo_prefill",
  "misfiled",
  "hidden",
  "ignore",
  "answer",
  "reject",
  "mixed",
] as const;

/**
 * The behavior of a provider for the prompt of `POST /completions`.
 *
 * - "continue": the model continues it; special tokens (`<|end|>` and others) are in the text
 * - "strip": like "continue", but special tokens are removed from the text; `</think>` is not one
 * - "wrap": the prompt becomes a user message, and the model starts over
 * - "reject": status 404
 */
export type RawPromptBehavior = "continue" | "strip" | "wrap" | "reject";

/** One provider's offer of a model. */
export interface MockEndpoint {
  /** The provider's name, as responses have it. */
  readonly providerName: string;
  /** The name for `provider.only` and `provider.order`. */
  readonly tag: string;
  /** The precision of the weights. */
  readonly quantization: string;
  /**
   * Its behavior for a prefill.
   *
   * @default {model.prefill}
   */
  readonly prefill?: PrefillBehavior;
  /**
   * Its behavior for the prompt of `POST /completions`.
   *
   * @default {"continue"}
   */
  readonly rawPrompt?: RawPromptBehavior;
  /**
   * Dollars per prompt token, as a decimal string.
   *
   * @default {model.promptPrice}
   */
  readonly promptPrice?: string;
  /**
   * Dollars per completion token, as a decimal string.
   *
   * @default {model.completionPrice}
   */
  readonly completionPrice?: string;
  /**
   * How much longer than the server's `latencyMs` its responses take, in milliseconds.
   *
   * @default {0}
   */
  readonly latencyMs?: number;
}

/** Creates an endpoint from its provider and its quantization, such as "DeepInfra/fp8". */
export function mockEndpoint(
  name: string,
  options: Omit<MockEndpoint, "providerName" | "tag" | "quantization"> = {},
): MockEndpoint {
  const [providerName = "", quantization = "unknown"] = name.split("/");
  return { providerName, tag: providerSlug(name), quantization, ...options };
}

/** Returns the slug of a provider: "google-ai-studio" for "Google AI Studio". */
export function providerSlug(providerName: string): string {
  return providerName.toLowerCase().replaceAll(" ", "-");
}

/**
 * One provider for each prefill behavior, so that a probe of one model has to tell them all apart.
 * Two of them ("reasoning", "misfiled") differ only if the prefill closes its reasoning, and one
 * ("mixed") needs several seeds.
 */
export const PREFILL_ENDPOINTS: readonly MockEndpoint[] = [
  mockEndpoint("DeepInfra/fp8", { prefill: "reasoning" }),
  mockEndpoint("Novita/fp8", {
    prefill: "content",
    rawPrompt: "strip",
    promptPrice: "0.0000002",
    completionPrice: "0.0000008",
    latencyMs: 3,
  }),
  mockEndpoint("Nebius/fp8", {
    prefill: "echo",
    promptPrice: "0.0000002",
    latencyMs: 6,
  }),
  mockEndpoint("Friendli/bf16", {
    prefill: "echo_content",
    promptPrice: "0.00000018",
    completionPrice: "0.00000072",
    latencyMs: 2,
  }),
  mockEndpoint("Together/fp8", {
    prefill: "echo_prefill",
    promptPrice: "0.0000002",
    latencyMs: 4,
  }),
  mockEndpoint("Parasail/fp8", {
    prefill: "misfiled",
    promptPrice: "0.00000018",
    completionPrice: "0.00000085",
    latencyMs: 8,
  }),
  mockEndpoint("Cerebras/fp16", {
    prefill: "hidden",
    rawPrompt: "wrap",
    promptPrice: "0.0000006",
    completionPrice: "0.0000012",
  }),
  mockEndpoint("Fireworks/fp8", {
    prefill: "ignore",
    promptPrice: "0.00000022",
    completionPrice: "0.00000088",
    latencyMs: 1,
  }),
  mockEndpoint("Alibaba", {
    prefill: "answer",
    rawPrompt: "wrap",
    promptPrice: "0.0000007",
    completionPrice: "0.0000084",
    latencyMs: 10,
  }),
  mockEndpoint("Groq", {
    prefill: "reject",
    rawPrompt: "reject",
    promptPrice: "0.00000029",
    completionPrice: "0.00000059",
  }),
  mockEndpoint("SiliconFlow/fp8", {
    prefill: "mixed",
    promptPrice: "0.00000035",
    completionPrice: "0.00000142",
    latencyMs: 5,
  }),
];

/** One provider for each raw prompt behavior. */
export const RAW_PROMPT_ENDPOINTS: readonly MockEndpoint[] = [
  mockEndpoint("DeepInfra/fp4", { rawPrompt: "continue" }),
  mockEndpoint("Groq", {
    rawPrompt: "reject",
    promptPrice: "0.000000075",
    completionPrice: "0.0000003",
  }),
  mockEndpoint("Novita/bf16", {
    rawPrompt: "strip",
    promptPrice: "0.00000005",
    completionPrice: "0.00000025",
    latencyMs: 5,
  }),
  mockEndpoint("Together", {
    rawPrompt: "wrap",
    promptPrice: "0.00000015",
    completionPrice: "0.0000006",
    latencyMs: 2,
  }),
];
