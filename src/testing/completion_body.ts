import type { JsonObject } from "../util/json_object.ts";
import type { Completion, EchoedToken } from "./complete_request.ts";
import type { ChosenEndpoint } from "./choose_endpoint.ts";
import type { MockModel } from "./models.ts";
import type { CompletionRequest } from "./parse_request.ts";
import type { TokenLogprobs } from "./tiny_model/token_logprobs.ts";
import { tokenize } from "./tokenize.ts";

/** A completion with the request it answers, and the endpoint it comes from. */
export interface Generation extends ChosenEndpoint {
  /** A unique id: "gen-…". */
  readonly id: string;
  /** When it was created, in Unix seconds. */
  readonly created: number;
  readonly request: CompletionRequest;
  readonly completion: Completion;
  readonly usage: Usage;
}

/** Token counts and cost, as responses report them. */
export interface Usage extends JsonObject {
  /** The cost in dollars. */
  readonly cost: number;
}

/** Returns the body of a response that is not streamed. */
export function completionBody(generation: Generation): JsonObject {
  const { id, created, model, endpoint, request, completion } = generation;
  const isChat = request.prompt === null;
  const { reasoning, content, finishReason } = completion;
  const choice = {
    index: 0,
    logprobs: logprobs(generation),
    finish_reason: finishReason,
    native_finish_reason: finishReason,
  };
  return {
    id,
    provider: endpoint.providerName,
    model: model.canonicalSlug,
    object: isChat ? "chat.completion" : "text_completion",
    created,
    system_fingerprint: null,
    choices: [
      isChat ? { ...choice, message: message(generation) } : {
        ...choice,
        text: (completion.echo ? request.prompt : "") + (content ?? ""),
        reasoning,
      },
    ],
    usage: generation.usage,
  };
}

/** Returns the tokens and the cost of a completion. */
export function completionUsage(
  { promptTokens, completionTokens, reasoningTokens }: Completion,
  { model, endpoint }: ChosenEndpoint,
): Usage {
  const { promptPrice, completionPrice } = { ...model, ...endpoint };
  const promptCost = promptTokens * Number(promptPrice);
  const completionCost = completionTokens * Number(completionPrice);
  const cost = roundCost(promptCost + completionCost);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    cost,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
    cost_details: {
      upstream_inference_cost: cost,
      upstream_inference_prompt_cost: roundCost(promptCost),
      upstream_inference_completions_cost: roundCost(completionCost),
    },
  };
}

/** Returns the `reasoning_details` for a piece of reasoning. */
export function reasoningDetails(
  reasoning: string,
  model: MockModel,
): JsonObject[] {
  const isClaude = model.id.startsWith("anthropic/");
  return [{
    type: "reasoning.text",
    text: reasoning,
    format: isClaude ? "anthropic-claude-v1" : "unknown",
    index: 0,
    ...(isClaude ? { signature: "bW9jaw==" } : {}),
  }];
}

export function toolCalls({ id, completion }: Generation): JsonObject[] {
  const { toolCall } = completion;
  return toolCall === null ? [] : [{
    id: id.replace("gen-", "call_"),
    type: "function",
    index: 0,
    function: toolCall,
  }];
}

function message(generation: Generation): JsonObject {
  const { reasoning, content, toolCall } = generation.completion;
  return {
    role: "assistant",
    content,
    refusal: null,
    reasoning,
    ...(reasoning === null
      ? {}
      : { reasoning_details: reasoningDetails(reasoning, generation.model) }),
    ...(toolCall === null ? {} : { tool_calls: toolCalls(generation) }),
  };
}

function logprobs({ request, completion }: Generation): JsonObject | null {
  const { topLogprobs } = request;
  if (topLogprobs === null) return null;
  if (completion.logprobs && request.isCountOfLogprobs) {
    return completionLogprobs(completion.logprobs, completion.echo);
  }
  if (completion.logprobs) {
    return { content: completion.logprobs, refusal: null };
  }
  return {
    content: tokenize(completion.content ?? "").map((token, index) => {
      const own = tokenLogprob(token, -((index % 7) + 1) / 10);
      const others = Array.from(
        { length: Math.max(0, topLogprobs - 1) },
        (_, rank) => tokenLogprob(`${token}${rank + 1}`, -rank - 2),
      );
      return { ...own, top_logprobs: topLogprobs > 0 ? [own, ...others] : [] };
    }),
    refusal: null,
  };
}

/** Returns log probabilities in the shape of a completion. */
function completionLogprobs(
  generated: readonly TokenLogprobs[],
  echo: readonly EchoedToken[] = [],
): JsonObject {
  const tokens = [
    ...echo,
    ...generated.map((logprobs) => ({ text: logprobs.token, logprobs })),
  ];
  let end = 0;
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprobs }) => logprobs?.logprob ?? null),
    top_logprobs: tokens.map(({ logprobs }) =>
      logprobs && Object.fromEntries(
        logprobs.top_logprobs.map(({ token, logprob }) => [token, logprob]),
      )
    ),
    text_offset: tokens.map(({ text }) => (end += text.length) - text.length),
  };
}

function tokenLogprob(token: string, logprob: number): JsonObject {
  return { token, logprob, bytes: [...new TextEncoder().encode(token)] };
}

/** No price needs more than ten decimal places. */
function roundCost(dollars: number): number {
  return Math.round(dollars * 1e10) / 1e10;
}
