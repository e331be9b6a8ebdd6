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
