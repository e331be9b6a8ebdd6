import type { ToolCall } from "./openrouter/api_types.ts";

/** Tokens and cost of one sample. */
export interface Usage {
  /** Tokens of the prompt. */
  readonly promptTokens: number;
  /** Tokens that the model wrote, reasoning included. */
  readonly completionTokens: number;
  /** Both together. */
  readonly totalTokens: number;
  /** Tokens of the reasoning; null where the provider does not say. */
  readonly reasoningTokens: number | null;
  /** What the sample cost, in US dollars; null where the provider does not say. */
  readonly cost: number | null;
}

/** One sample, as far as the provider's answer tells it. */
export interface ResponseData {
  /** `reasoning + "</think>" + content`; the reasoning alone where it did not end; else the content. */
  readonly full: string;
  /** What the model answered, after its reasoning. */
  readonly content: string;
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** Why the model stopped: `stop`, `length`, `tool_calls` or `content_filter`. */
  readonly finishReason: string | null;
  /** Tokens and cost. */
  readonly usage: Usage;
  /** The provider that served the request; null where it is not known. */
  readonly provider: string | null;
  /** The answer's id. */
  readonly responseId: string;
  /** The model as it was served: often a dated slug. */
  readonly model: string;
  /** The API's name for the kind of answer. */
  readonly object: string;
  /** When the answer was made, in Unix seconds. */
  readonly created: number;
  /** The seed: the sample's index. */
  readonly seed: number;
  /** Whether the reasoning came to its end; true where there is none. */
  readonly completedReasoning: boolean;
  /** The tools that the model calls; empty where it calls none. */
  readonly toolCalls: readonly ToolCall[];
  /** Log probabilities as the provider gave them; null where it gave none. */
  readonly logprobs: unknown;
  /** Time from the request to the last byte of the answer, in milliseconds; null where it is not known. */
  readonly latencyMs: number | null;
  /** The provider's whole answer; null in entries of the Python package, which does not keep it. */
  readonly raw: Readonly<Record<string, unknown>> | null;
}

/** One sample. */
export interface Response extends ResponseData {
  /** Whether it came from the cache. */
  readonly cached: boolean;
  /** How many requests it took; null where it is not known. */
  readonly attempts: number | null;
}

/** A sample with the field names of the Python package `rollouts`. */
export function pythonResponse(
  response: ResponseData,
): Record<string, unknown> {
  return {
    full: response.full,
    content: response.content,
    reasoning: response.reasoning,
    finish_reason: response.finishReason,
    provider: response.provider,
    response_id: response.responseId,
    model: response.model,
    object: response.object,
    created: response.created,
    usage: {
      prompt_tokens: response.usage.promptTokens,
      completion_tokens: response.usage.completionTokens,
      total_tokens: response.usage.totalTokens,
      reasoning_tokens: response.usage.reasoningTokens,
      cost: response.usage.cost,
    },
    logprobs: response.logprobs,
    echo: false,
    seed: response.seed,
    completed_reasoning: response.completedReasoning,
  };
}
