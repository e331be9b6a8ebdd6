import type { Prompt, Response } from "../../../mod.ts";

/** What a line has of its prompt. */
export interface PromptFields {
  /** The data set's own name for it. */
  readonly id: unknown;
  /** The prompt. */
  readonly prompt: Prompt;
  /** Its other fields, which the output has too. */
  readonly carried: Readonly<Record<string, unknown>>;
}

/**
 * A sample as a line of the output: the fields of its prompt, then its own. What is not the same
 * when the same samples are written again, such as whether they were cached, is left out.
 */
export function sampleLine(
  { id, prompt, carried }: PromptFields,
  response: Response,
): string {
  const { seed, reasoning, content, full, finishReason } = response;
  const { model, provider, usage, completedReasoning } = response;
  const { quantization, prefill } = response;
  const line = {
    id,
    ...carried,
    [typeof prompt === "string" ? "prompt" : "messages"]: prompt,
    seed,
    reasoning,
    content,
    full,
    finish_reason: finishReason,
    completed_reasoning: completedReasoning,
    served_model: model,
    provider,
    quantization,
    prefill,
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost: usage.cost,
  };
  return `${JSON.stringify(line)}\n`;
}

/** The names of the fields that a line has beside those of the data set. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  "seed",
  "reasoning",
  "content",
  "full",
  "finish_reason",
  "completed_reasoning",
  "served_model",
  "provider",
  "quantization",
  "prefill",
  "prompt_tokens",
  "completion_tokens",
  "reasoning_tokens",
  "cost",
]);
