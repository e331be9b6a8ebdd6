import {
  continuePrefill,
  type PrefillParts,
  splitPrefill,
} from "./continue_prefill.ts";
import { inventJson } from "./invent_json.ts";
import type { MockModel, MockPrefill } from "./mock_catalogue.ts";
import { MockHttpError } from "./mock_http_error.ts";
import { createRandom, hashText, type Random } from "./mock_random.ts";
import type { MockGenerationRequest, MockMessage } from "./mock_request.ts";
import { inventThought } from "./mock_thought.ts";
import { countTokens, tokenize } from "./mock_tokens.ts";
import { readTemplate } from "./prompt_template.ts";

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
   * What comes of a prefill.
   *
   * @default {model.prefill}
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
 * @param options How a prefill is taken.
 * @throws {MockHttpError} With status 400 where the prefill is rejected, or the prompt too long.
 */
export function completeRequest(
  model: MockModel,
  request: MockGenerationRequest,
  options: CompleteOptions = {},
): MockCompletion {
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
  const draft = toolCall === null
    ? writeDraft(model, request, random, options.prefill ?? model.prefill)
    : { reasoning: null, content: toolCall.arguments };
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

/** What the model would write if nothing cut it short. */
interface Draft {
  readonly reasoning: string | null;
  readonly content: string | null;
}

interface CutContext {
  readonly model: MockModel;
  readonly request: MockGenerationRequest;
  readonly toolCall: MockToolCall | null;
  readonly promptTokens: number;
}

/** What a chat's messages cost beside their text. */
const TOKENS_PER_MESSAGE = 4;

function writeDraft(
  model: MockModel,
  request: MockGenerationRequest,
  random: Random,
  style: MockPrefill,
): Draft {
  if (request.prompt !== null) {
    return writeRawText(model, request.prompt, random);
  }
  const { question, prefill } = readConversation(request.messages);
  const plan = inventThought(question, random);
  const thinks = doesThink(model, request.reasoningEnabled);
  const answer = request.jsonSchema === null
    ? plan.answer
    : JSON.stringify(inventJson(request.jsonSchema, random));
  if (prefill !== null && style === "reject") {
    throw new MockHttpError(
      400,
      "This model does not support assistant message prefill. " +
        "The conversation must end with a user message.",
    );
  }
  if (prefill === null || style === "ignore") {
    return { reasoning: thinks ? plan.reasoning : null, content: answer };
  }
  const parts = splitPrefill(prefill);
  return placeContinuation(
    parts,
    continuePrefill(parts, { ...plan, answer }, random),
    thinks ? style : "content",
  );
}

function placeContinuation(
  parts: PrefillParts,
  rest: { readonly reasoning: string | null; readonly answer: string },
  style: MockPrefill,
): Draft {
  if (rest.reasoning === null) {
    return style === "misfiled" && parts.thought !== null
      ? { reasoning: rest.answer, content: null }
      : { reasoning: null, content: rest.answer };
  }
  if (style === "content") {
    return {
      reasoning: null,
      content: `${rest.reasoning}</think>\n\n${rest.answer}`,
    };
  }
  const prefix = style === "echo" ? parts.thought ?? "" : "";
  return { reasoning: prefix + rest.reasoning, content: rest.answer };
}

/** The text that goes on a raw prompt, with the marks of the prompt's own template. */
function writeRawText(
  model: MockModel,
  prompt: string,
  random: Random,
): Draft {
  const template = readTemplate(prompt);
  const plan = inventThought(template.question, random);
  const thinks = model.reasoning !== "never" && template.hasChannels;
  const { open, close } = template;
  if (template.prefill === "" && thinks) {
    return {
      reasoning: null,
      content: `${open}${plan.reasoning}${close}${plan.answer}`,
    };
  }
  const rest = continuePrefill(
    template.isAnswering
      ? { thought: null, answer: template.prefill }
      : { thought: template.prefill, answer: null },
    plan,
    random,
  );
  const content = rest.reasoning === null
    ? rest.answer
    : `${rest.reasoning}${close}${rest.answer}`;
  return { reasoning: null, content };
}

function readConversation(
  messages: readonly MockMessage[],
): { readonly question: string; readonly prefill: string | null } {
  const last = messages.at(-1);
  const prefill = last?.role === "assistant" ? last.content : null;
  const question =
    messages.findLast((message) => message.role === "user")?.content ?? "";
  return { question, prefill };
}

function doesThink(model: MockModel, enabled: boolean | null): boolean {
  switch (model.reasoning) {
    case "always":
      return true;
    case "default":
      return enabled ?? true;
    case "optional":
      return enabled ?? false;
    case "never":
      return false;
  }
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
  const isCut = reasoning.isCut || content.isCut ||
    (left === 0 && draft.content !== null);
  return {
    reasoning: request.reasoningHidden ? null : reasoning.text,
    content: toolCall === null ? content.text : null,
    toolCall: toolCall && { ...toolCall, arguments: content.text ?? "" },
    finishReason: isCut ? "length" : toolCall === null ? "stop" : "tool_calls",
    promptTokens,
    completionTokens: reasoning.tokens + content.tokens,
    reasoningTokens: reasoning.tokens,
  };
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
