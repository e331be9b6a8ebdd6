import type { Logprobs, Response } from "../../../mod.ts";

/** The type of a column's values. */
export type CellKind = "text" | "integer" | "number" | "boolean" | "numbers";

/** A value in a table. `null` if it is not known. */
export type Cell =
  | string
  | number
  | boolean
  | readonly (number | null)[]
  | null;

/** The fields of a sample in the output of `rollouts run` and `rollouts cache export`. */
export const SAMPLE_FIELDS = {
  seed: ["integer", ({ seed }) => seed],
  reasoning: ["text", ({ reasoning }) => reasoning],
  content: ["text", ({ content }) => content],
  full: ["text", ({ full }) => full],
  refusal: ["text", ({ refusal }) => refusal],
  finish_reason: ["text", ({ finishReason }) => finishReason],
  native_finish_reason: [
    "text",
    ({ nativeFinishReason }) => nativeFinishReason,
  ],
  truncated: ["boolean", ({ truncated }) => truncated],
  completed_reasoning: [
    "boolean",
    ({ completedReasoning }) => completedReasoning,
  ],
  provider: ["text", ({ provider }) => provider],
  quantization: ["text", ({ quantization }) => quantization],
  prefill: ["text", ({ prefill }) => prefill],
  served_model: ["text", ({ model }) => model],
  response_id: ["text", ({ responseId }) => responseId],
  created: ["integer", ({ created }) => created],
  prompt_tokens: ["integer", ({ usage }) => usage.promptTokens],
  completion_tokens: ["integer", ({ usage }) => usage.completionTokens],
  total_tokens: ["integer", ({ usage }) => usage.totalTokens],
  reasoning_tokens: ["integer", ({ usage }) => usage.reasoningTokens],
  cached_tokens: ["integer", ({ usage }) => usage.cachedTokens],
  cost: ["number", ({ usage }) => usage.cost],
  upstream_cost: ["number", ({ usage }) => usage.upstreamCost],
  logprobs: ["numbers", ({ logprobs }) => logprobs && allLogprobs(logprobs)],
} as const satisfies Readonly<
  Record<string, readonly [CellKind, (response: Response) => Cell]>
>;

/** Returns the log-probabilities of the tokens as they were generated: of the reasoning, then of the content. */
function allLogprobs({ reasoning, content }: Logprobs): (number | null)[] {
  return [...reasoning ?? [], ...content ?? []].map(({ logprob }) => logprob);
}

/** The fields in a line of `rollouts run`. A data set cannot have fields of these names. */
export const LINE_FIELDS = [
  "seed",
  "reasoning",
  "content",
  "full",
  "refusal",
  "finish_reason",
  "native_finish_reason",
  "truncated",
  "completed_reasoning",
  "served_model",
  "provider",
  "quantization",
  "prefill",
  "prompt_tokens",
  "completion_tokens",
  "reasoning_tokens",
  "cost",
] as const satisfies readonly (keyof typeof SAMPLE_FIELDS)[];
