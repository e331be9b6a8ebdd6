import { inventJson } from "./invent_json.ts";
import type { MockModel } from "./models.ts";
import type { MockEndpoint } from "./endpoints.ts";
import { MockHttpError } from "./http_error.ts";
import type { MockPrefill } from "./mock_prefill.ts";
import { createRandom, hashText, type Random } from "./random.ts";
import type { MockGenerationRequest } from "./parse_request.ts";
import { countTokens, tokenize } from "./tokenize.ts";
import { type Draft, writeDraft } from "./write_chat.ts";
import { writeRawText } from "./write_raw_text.ts";

/** A function call of the model. */
export interface MockToolCall {
  /** The function's name. */
  readonly name: string;
  /** Its arguments, as JSON text. */
  readonly arguments: string;
}

/** What a model wrote. */
export interface MockCompletion {
  /** The reasoning, or null where it wrote none. */
  readonly reasoning: string | null;
  /** The answer, or null where it wrote none. */
  readonly content: string | null;
  /** The function that it calls in place of an answer, or null. */
  readonly toolCall: MockToolCall | null;
  /** Why it stopped. */
  readonly finishReason: "stop" | "length" | "tool_calls";
  /** Tokens read. */
  readonly promptTokens: number;
  /** Tokens written, reasoning among them. */
  readonly completionTokens: number;
  /** Tokens of reasoning, shown or not. */
  readonly reasoningTokens: number;
}

/** What changes how {@linkcode completeRequest} answers. */
export interface CompleteOptions {
  /**
   * Whose offer of the model answers.
   *
   * @default {model.endpoints[0]}
   */
  readonly endpoint?: MockEndpoint;
  /**
   * What comes of a prefill.
   *
   * @default {endpoint.prefill ?? model.prefill}
   */
  readonly prefill?: MockPrefill;
}

/**
 * Writes the model's completion of a request: always the same one for the same model, messages,
 * sampling parameters and seed. `maxTokens` only cuts it short, and so does `stop`, which is looked for
 * in the answer alone.
 *
 * @param model Who writes.
 * @param request What was asked.
 * @param options Which provider's ways it has.
 * @throws {MockHttpError} With status 400 where the prefill is rejected, or the prompt too long, and
 * 404 where raw text is refused.
 */
export function completeRequest(
  model: MockModel,
  request: MockGenerationRequest,
  options: CompleteOptions = {},
): MockCompletion {
  const { endpoint = model.endpoints[0] } = options;
  if (request.prompt !== null && endpoint?.raw === "wrap") {
    return completeRequest(model, wrapPrompt(request, request.prompt), options);
  }
  const random = createRandom(requestHash(model.id, request));
  const promptTokens = countPromptTokens(request);
  if (promptTokens > model.contextLength) {
    throw new MockHttpError(
      400,
      `This endpoint's maximum context length is ${model.contextLength} tokens. ` +
        `However, you requested about ${promptTokens} tokens.`,
    );
  }
  const toolCall = callTool(request, random);
  const draft = toolCall !== null
    ? { reasoning: null, content: toolCall.arguments }
    : request.prompt === null
    ? writeDraft(request, {
      model,
      random,
      prefill: options.prefill ?? endpoint?.prefill ?? model.prefill,
    })
    : writeRawText(request.prompt, { model, random, endpoint });
  return cutDraft(draft, { model, request, toolCall, promptTokens });
}

/**
 * The identity of a sample: a hash over the model, the messages, the sampling parameters and the
 * seed, but not over what only cuts an answer short.
 */
export function requestHash(
  modelId: string,
  request: MockGenerationRequest,
): number {
  let hash = hashText(`${modelId}|${request.seed}|${request.sampling}`);
  for (const { role, content } of request.messages) {
    hash = hashText(content, hashText(role, hash));
  }
  return request.prompt === null ? hash : hashText(request.prompt, hash);
}

interface CutContext {
  readonly model: MockModel;
  readonly request: MockGenerationRequest;
  readonly toolCall: MockToolCall | null;
  readonly promptTokens: number;
}

/** What a chat's messages cost beside their text. */
const TOKENS_PER_MESSAGE = 4;

/** The chat that a provider without raw text makes of it. */
function wrapPrompt(
  request: MockGenerationRequest,
  prompt: string,
): MockGenerationRequest {
  return {
    ...request,
    prompt: null,
    messages: [{ role: "user", content: prompt }],
  };
}

function callTool(
  request: MockGenerationRequest,
  random: Random,
): MockToolCall | null {
  const { tools, toolChoice } = request;
  const tool = toolChoice === true
    ? tools[0]
    : tools.find(({ name }) => name === toolChoice);
  if (tool === undefined) return null;
  const value = inventJson(tool.parameters ?? { type: "object" }, random);
  return { name: tool.name, arguments: JSON.stringify(value) };
}

function cutDraft(draft: Draft, context: CutContext): MockCompletion {
  const { model, request, toolCall, promptTokens } = context;
  const limit = Math.min(
    request.maxTokens ?? Infinity,
    model.maxCompletionTokens,
  );
  const reasoning = cutAtLimit(draft.reasoning, limit);
  const left = limit - reasoning.tokens;
  const content = cutAtLimit(
    draft.content === null || reasoning.isCut || left === 0
      ? null
      : cutAtStop(draft.content, request.stop),
    left,
  );
  const { echo = "" } = draft;
  const isCut = reasoning.isCut || content.isCut ||
    (left === 0 && draft.content !== null);
  return {
    reasoning: request.reasoningHidden || draft.isHidden
      ? null
      : withEcho(reasoning.text, draft.reasoning === null ? "" : echo),
    content: toolCall === null
      ? withEcho(content.text, draft.reasoning === null ? echo : "")
      : null,
    toolCall: toolCall && { ...toolCall, arguments: content.text ?? "" },
    finishReason: isCut ? "length" : toolCall === null ? "stop" : "tool_calls",
    promptTokens,
    completionTokens: reasoning.tokens + content.tokens,
    reasoningTokens: reasoning.tokens,
  };
}

function withEcho(text: string | null, echo: string): string | null {
  return echo === "" ? text : echo + (text ?? "");
}

function cutAtLimit(text: string | null, limit: number) {
  if (text === null) return { text, tokens: 0, isCut: false };
  const tokens = countTokens(text);
  return tokens <= limit ? { text, tokens, isCut: false } : {
    text: tokenize(text).slice(0, limit).join(""),
    tokens: limit,
    isCut: true,
  };
}

function cutAtStop(text: string, stop: readonly string[]): string {
  const ends = stop.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function countPromptTokens(request: MockGenerationRequest): number {
  if (request.prompt !== null) return countTokens(request.prompt);
  return request.messages.reduce(
    (sum, { content }) => sum + countTokens(content) + TOKENS_PER_MESSAGE,
    0,
  );
}
