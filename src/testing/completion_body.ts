import type { MockModel } from "./models.ts";
import type { MockEndpoint } from "./endpoints.ts";
import type { MockCompletion } from "./complete_request.ts";
import type { MockGenerationRequest } from "./parse_request.ts";
import { tokenize } from "./tokenize.ts";

/** One generation: what was asked, who answered, and what. */
export interface MockGeneration {
  /** Unlike every other one: "gen-…". */
  readonly id: string;
  /** When it was made, in Unix seconds. */
  readonly created: number;
  /** The model that answered. */
  readonly model: MockModel;
  /** The provider that answered. */
  readonly endpoint: MockEndpoint;
  /** What was asked. */
  readonly request: MockGenerationRequest;
  /** What was answered. */
  readonly completion: MockCompletion;
}

/** Token counts and cost, as answers give them. */
export interface MockUsage {
  /** Tokens read. */
  readonly prompt_tokens: number;
  /** Tokens written. */
  readonly completion_tokens: number;
  /** Tokens read and written. */
  readonly total_tokens: number;
  /** What it cost, in dollars. */
  readonly cost: number;
  /** Whether the user's own key with the provider was used: never here. */
  readonly is_byok: boolean;
  /** Cached tokens: none here. */
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  /** Reasoning tokens among those written. */
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
  /** The cost's parts, in dollars. */
  readonly cost_details: {
    /** The provider's price. */
    readonly upstream_inference_cost: number;
    /** For the tokens read. */
    readonly upstream_inference_prompt_cost: number;
    /** For the tokens written. */
    readonly upstream_inference_completions_cost: number;
  };
}

/** The body that answers a chat or a raw text, without streaming. */
export function answerBody(
  generation: MockGeneration,
): Record<string, unknown> {
  const { id, created, model, endpoint, request, completion } = generation;
  const isChat = request.prompt === null;
  const choice = {
    index: 0,
    logprobs: answerLogprobs(generation),
    finish_reason: completion.finishReason,
    native_finish_reason: completion.finishReason,
  };
  return {
    id,
    provider: endpoint.providerName,
    model: model.canonicalSlug,
    object: isChat ? "chat.completion" : "text_completion",
    created,
    system_fingerprint: null,
    choices: [
      isChat ? { ...choice, message: answerMessage(generation) } : {
        ...choice,
        text: completion.content ?? "",
        reasoning: completion.reasoning,
      },
    ],
    usage: answerUsage(generation),
  };
}

/** What the generation used, and what that cost. */
export function answerUsage(generation: MockGeneration): MockUsage {
  const { model, endpoint, completion } = generation;
  const { promptPrice, completionPrice } = { ...model, ...endpoint };
  const promptCost = completion.promptTokens * Number(promptPrice);
  const completionCost = completion.completionTokens * Number(completionPrice);
  const cost = roundCost(promptCost + completionCost);
  return {
    prompt_tokens: completion.promptTokens,
    completion_tokens: completion.completionTokens,
    total_tokens: completion.promptTokens + completion.completionTokens,
    cost,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: completion.reasoningTokens },
    cost_details: {
      upstream_inference_cost: cost,
      upstream_inference_prompt_cost: roundCost(promptCost),
      upstream_inference_completions_cost: roundCost(completionCost),
    },
  };
}

/** The `reasoning_details` for a piece of reasoning. */
export function reasoningDetails(
  reasoning: string,
  model: MockModel,
): Record<string, unknown>[] {
  const isClaude = model.id.startsWith("anthropic/");
  return [{
    type: "reasoning.text",
    text: reasoning,
    format: isClaude ? "anthropic-claude-v1" : "unknown",
    index: 0,
    ...(isClaude ? { signature: "bW9jaw==" } : {}),
  }];
}

/** The `tool_calls` of a generation. */
export function answerToolCalls(
  generation: MockGeneration,
): Record<string, unknown>[] {
  const { toolCall } = generation.completion;
  if (toolCall === null) return [];
  return [{
    id: generation.id.replace("gen-", "call_"),
    type: "function",
    index: 0,
    function: toolCall,
  }];
}

function answerMessage(generation: MockGeneration): Record<string, unknown> {
  const { reasoning, content, toolCall } = generation.completion;
  return {
    role: "assistant",
    content,
    refusal: null,
    reasoning,
    ...(reasoning === null
      ? {}
      : { reasoning_details: reasoningDetails(reasoning, generation.model) }),
    ...(toolCall === null ? {} : { tool_calls: answerToolCalls(generation) }),
  };
}

function answerLogprobs(
  { request, completion }: MockGeneration,
): Record<string, unknown> | null {
  const { topLogprobs } = request;
  if (topLogprobs === null) return null;
  return {
    content: tokenize(completion.content ?? "").map((token, index) => ({
      ...tokenLogprob(token, -((index % 7) + 1) / 10),
      top_logprobs: Array.from(
        { length: topLogprobs },
        (_, rank) =>
          rank === 0
            ? tokenLogprob(token, -((index % 7) + 1) / 10)
            : tokenLogprob(`${token}${rank}`, -rank - 1),
      ),
    })),
    refusal: null,
  };
}

function tokenLogprob(token: string, logprob: number) {
  return { token, logprob, bytes: [...new TextEncoder().encode(token)] };
}

/** Ten-thousandths of a millionth of a dollar are finer than any price. */
function roundCost(dollars: number): number {
  return Math.round(dollars * 1e10) / 1e10;
}
