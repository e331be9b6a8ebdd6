import { HttpError } from "./http_error.ts";
import { inventJson } from "./invent_json.ts";
import type { CompletionRequest } from "./parse_request.ts";
import { createRandom, hashText, type Random } from "./random.ts";
import type { TokenLogprobs } from "./tiny_model/token_logprobs.ts";
import { countTokens, tokenize } from "./tokenize.ts";
import { type Draft, writeDraft, type WriteOptions } from "./write_draft.ts";

/** A function call of the model. */
export interface ToolCall {
  readonly name: string;
  /** Its arguments as JSON. */
  readonly arguments: string;
}

/** A token of a prompt, and its log probabilities, or null if it is the first one. */
export interface EchoedToken {
  readonly text: string;
  readonly logprobs: TokenLogprobs | null;
}

/** The text that a model wrote. */
export interface Completion {
  /** The reasoning, or null if there is none or it is hidden. */
  readonly reasoning: string | null;
  readonly content: string | null;
  /** The function that it calls instead of writing content, or null. */
  readonly toolCall: ToolCall | null;
  readonly finishReason: "stop" | "length" | "tool_calls";
  readonly promptTokens: number;
  /** The number of tokens written, reasoning included. */
  readonly completionTokens: number;
  /** The number of reasoning tokens, even if they are hidden. */
  readonly reasoningTokens: number;
  /**
   * The log probabilities of all its tokens, or null if they were not requested. Without the field,
   * the response has invented ones.
   */
  readonly logprobs?: readonly TokenLogprobs[] | null;
  /** The tokens of a raw prompt that the response repeats. Only the language model repeats it. */
  readonly echo?: readonly EchoedToken[];
}

/**
 * Returns the model's completion of a request, always the same one for the same model, messages,
 * sampling parameters and seed. The token limit and the stop sequences only truncate it. Stop
 * sequences apply to the content alone.
 *
 * @throws {HttpError} With status 400 if the provider rejects prefills or the prompt is too long,
 * and 404 if it rejects raw prompts.
 */
export function completeRequest(
  request: CompletionRequest,
  options: Omit<WriteOptions, "random">,
): Completion {
  const { model, endpoint } = options;
  if (request.prompt !== null && endpoint.rawPrompt === "wrap") {
    const message = { role: "user", content: request.prompt } as const;
    const chat = { ...request, prompt: null, messages: [message] };
    return completeRequest(chat, options);
  }
  const random = createRandom(hashSample(model.id, request));
  const promptTokens = countPromptTokens(request);
  if (promptTokens > model.contextLength) {
    throw new HttpError(
      400,
      `This endpoint's maximum context length is ${model.contextLength} tokens. ` +
        `However, you requested about ${promptTokens} tokens.`,
    );
  }
  const toolCall = callTool(request, random);
  const draft = toolCall !== null
    ? { reasoning: null, content: toolCall.arguments }
    : writeDraft(request, { ...options, random });
  const maxTokens = Math.min(
    request.maxTokens ?? Infinity,
    model.maxCompletionTokens,
  );
  return {
    ...truncateDraft(draft, { request, toolCall, maxTokens }),
    promptTokens,
  };
}

/**
 * Hashes what identifies a sample: the model, the messages, the sampling parameters and the seed,
 * but not what only truncates it.
 */
export function hashSample(
  modelId: string,
  request: CompletionRequest,
): number {
  let hash = hashText(`${modelId}|${request.seed}|${request.sampling}`);
  for (const { role, content } of request.messages) {
    hash = hashText(content, hashText(role, hash));
  }
  return request.prompt === null ? hash : hashText(request.prompt, hash);
}

/** The tokens of a chat message in addition to its text. */
const TOKENS_PER_MESSAGE = 4;

function countPromptTokens(request: CompletionRequest): number {
  if (request.prompt !== null) return countTokens(request.prompt);
  return request.messages.reduce(
    (sum, { content }) => sum + countTokens(content) + TOKENS_PER_MESSAGE,
    0,
  );
}

function callTool(
  { tools, toolChoice }: CompletionRequest,
  random: Random,
): ToolCall | null {
  const tool = toolChoice === true
    ? tools[0]
    : tools.find(({ name }) => name === toolChoice);
  if (tool === undefined) return null;
  const value = inventJson(tool.parameters ?? { type: "object" }, random);
  return { name: tool.name, arguments: JSON.stringify(value) };
}

interface TruncateOptions {
  readonly request: CompletionRequest;
  readonly toolCall: ToolCall | null;
  readonly maxTokens: number;
}

function truncateDraft(
  draft: Draft,
  { request, toolCall, maxTokens }: TruncateOptions,
): Omit<Completion, "promptTokens"> {
  const { echo = "" } = draft;
  const hasReasoning = draft.reasoning !== null;
  const reasoning = truncate(draft.reasoning, maxTokens);
  const left = maxTokens - reasoning.tokens;
  const content = reasoning.isCut || left === 0
    ? { text: null, tokens: 0, isCut: draft.content !== null }
    : truncate(beforeStop(draft.content, request.stop), left);
  const isCut = reasoning.isCut || content.isCut;
  return {
    reasoning: request.reasoningHidden || draft.isHidden
      ? null
      : prepend(hasReasoning ? echo : "", reasoning.text),
    content: toolCall === null
      ? prepend(hasReasoning ? "" : echo, content.text)
      : null,
    toolCall: toolCall && { ...toolCall, arguments: content.text ?? "" },
    finishReason: isCut ? "length" : toolCall === null ? "stop" : "tool_calls",
    completionTokens: reasoning.tokens + content.tokens,
    reasoningTokens: reasoning.tokens,
  };
}

function prepend(echo: string, text: string | null): string | null {
  return echo === "" ? text : echo + (text ?? "");
}

function truncate(text: string | null, maxTokens: number) {
  if (text === null) return { text, tokens: 0, isCut: false };
  const tokens = countTokens(text);
  return tokens <= maxTokens ? { text, tokens, isCut: false } : {
    text: tokenize(text).slice(0, maxTokens).join(""),
    tokens: maxTokens,
    isCut: true,
  };
}

/** Returns the text before the first stop sequence. */
export function beforeStop(
  text: string | null,
  stop: readonly string[],
): string | null {
  const starts = stop.map((mark) => text?.indexOf(mark) ?? -1)
    .filter((start) => start >= 0);
  return starts.length === 0 || text === null
    ? text
    : text.slice(0, Math.min(...starts));
}
