import {
  beforeStop,
  type Completion,
  type EchoedToken,
  hashSample,
} from "./complete_request.ts";
import { splitPrefill } from "./continue_prefill.ts";
import type { PrefillBehavior } from "./endpoints.ts";
import { HttpError } from "./http_error.ts";
import type { AssistantText } from "./invent_text.ts";
import type { MockModel } from "./models.ts";
import type { CompletionRequest } from "./parse_request.ts";
import { createRandom } from "./random.ts";
import { chatPrompt } from "./tiny_model/chat_prompt.ts";
import type { SamplingParameters } from "./tiny_model/sample_token.ts";
import type { TinyModel } from "./tiny_model/tiny_model.ts";
import {
  decodeTokens,
  encodeTokens,
  THINK_END,
} from "./tiny_model/tokenizer.ts";
import { drawBehavior, rejectPrefill } from "./write_draft.ts";

/** Options of {@linkcode completeTinySums}. */
export interface TinySumsOptions {
  /** The entry in the catalog. */
  readonly model: MockModel;
  /** The language model. */
  readonly tinySums: TinyModel;
  /** The behavior of the provider for a prefill. */
  readonly prefill: PrefillBehavior;
}

/**
 * Returns the tiny language model's completion of a request, always the same one for the same
 * messages, sampling parameters and seed. As in other models of the mock server, stop sequences
 * apply to the content alone.
 *
 * @throws {HttpError} With status 400 if the provider rejects prefills or the prompt is too long.
 */
export function completeTinySums(
  request: CompletionRequest,
  { model, tinySums, prefill }: TinySumsOptions,
): Completion {
  const behavior = prefill === "mixed" ? drawBehavior(request.seed) : prefill;
  const { text: promptText, written } = readPrompt(request, behavior);
  const isReasoning = request.prompt === null &&
    splitPrefill(written ?? "<think>").content === null;
  const prompt = encodeTokens(promptText);
  if (prompt.length >= tinySums.contextLength) {
    throw new HttpError(
      400,
      `This endpoint's maximum context length is ${tinySums.contextLength} tokens. ` +
        `However, you requested about ${prompt.length} tokens.`,
    );
  }
  const { tokens, logprobs, finishReason } = tinySums.generate(prompt, {
    ...samplingParameters(request),
    random: createRandom(hashSample(model.id, request)),
    maxTokens: Math.min(
      request.maxTokens ?? Infinity,
      model.maxCompletionTokens,
    ),
    topLogprobs: request.topLogprobs,
    isComplete: (tokens) => {
      if (request.stop.length === 0) return false;
      const { content } = splitTokens(tokens, isReasoning);
      return request.stop.some((mark) => content?.includes(mark));
    },
  });
  const { content, reasoning } = splitTokens(tokens, isReasoning);
  const generated = { reasoning, content: beforeStop(content, request.stop) };
  const placed = placeText(generated, written, behavior);
  return {
    reasoning: request.reasoningHidden ? null : placed.reasoning,
    content: placed.content,
    toolCall: null,
    finishReason,
    promptTokens: prompt.length,
    completionTokens: tokens.length,
    reasoningTokens: isReasoning ? countReasoning(tokens) : 0,
    logprobs,
    ...(request.echoesPrompt
      ? { echo: echoedTokens(tinySums, prompt, request.topLogprobs) }
      : {}),
  };
}

function echoedTokens(
  tinySums: TinyModel,
  prompt: readonly number[],
  topLogprobs: number | null,
): EchoedToken[] {
  return tinySums.score(prompt, topLogprobs ?? 0).map((logprobs, index) => ({
    text: decodeTokens([prompt[index]!]),
    logprobs,
  }));
}

interface TinyPrompt {
  /** The text that the model continues. */
  readonly text: string;
  /** The prefill, or null if the model starts over or the prompt is raw. */
  readonly written: string | null;
}

function readPrompt(
  { prompt, messages }: CompletionRequest,
  behavior: PrefillBehavior,
): TinyPrompt {
  if (prompt !== null) return { text: prompt, written: null };
  const last = messages.at(-1);
  if (last?.role !== "assistant") {
    return { text: chatPrompt(messages), written: null };
  }
  switch (behavior) {
    case "reject":
      return rejectPrefill();
    case "ignore":
      return { text: chatPrompt(messages.slice(0, -1)), written: null };
    case "answer": {
      const content = "<think>\n\n</think>\n\n";
      const answer = [...messages.slice(0, -1), { ...last, content }];
      return { text: chatPrompt(answer), written: content };
    }
    default:
      return { text: chatPrompt(messages), written: last.content };
  }
}

/** Returns the parameters of a request. What it leaves out has no effect. */
function samplingParameters(
  { parameters }: CompletionRequest,
): SamplingParameters {
  return {
    temperature: parameters.temperature ?? 1,
    topK: parameters.top_k ?? 0,
    topP: parameters.top_p ?? 1,
    minP: parameters.min_p ?? 0,
  };
}

/**
 * Splits tokens into reasoning and content. The content is null if the reasoning is not complete.
 */
function splitTokens(
  tokens: readonly number[],
  isReasoning: boolean,
): AssistantText {
  if (!isReasoning) return { reasoning: null, content: decodeTokens(tokens) };
  const end = tokens.indexOf(THINK_END);
  return end < 0 ? { reasoning: decodeTokens(tokens), content: null } : {
    reasoning: decodeTokens(tokens.slice(0, end)),
    content: decodeTokens(tokens.slice(end + 1)),
  };
}

/** Counts the tokens of the reasoning, with the one that ends it. */
function countReasoning(tokens: readonly number[]): number {
  const end = tokens.indexOf(THINK_END);
  return end < 0 ? tokens.length : end + 1;
}

/** Puts a text into the fields where the provider has it. */
function placeText(
  { reasoning, content }: AssistantText,
  written: string | null,
  behavior: PrefillBehavior,
): AssistantText {
  const text = reasoning === null
    ? content
    : content === null
    ? reasoning
    : `${reasoning}</think>${content}`;
  const begun = splitPrefill(written ?? "").reasoning;
  // Blank lines separate the content from the reasoning.
  const trimmed = reasoning === null ? content : content?.trimStart() ?? null;
  if (written === null) return { reasoning, content: trimmed };
  switch (behavior) {
    case "echo":
      return {
        reasoning: reasoning === null ? null : `${begun ?? ""}${reasoning}`,
        content: trimmed,
      };
    case "hidden":
      return { reasoning: null, content: trimmed };
    case "content":
      return { reasoning: null, content: text };
    case "echo_content":
      return {
        reasoning: null,
        content: written.replace(/^\s*<think>/, "") + text,
      };
    case "echo_prefill":
      return { reasoning: null, content: written + text };
    case "misfiled":
      return reasoning === null && begun !== null
        ? { reasoning: content, content: null }
        : { reasoning, content: trimmed };
    default:
      return { reasoning, content: trimmed };
  }
}
