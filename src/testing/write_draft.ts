import type { ChosenEndpoint } from "./choose_endpoint.ts";
import { continuePrefill, splitPrefill } from "./continue_prefill.ts";
import type { PrefillBehavior } from "./endpoints.ts";
import { PROVIDER_ERROR } from "./faults.ts";
import { HttpError } from "./http_error.ts";
import { inventJson } from "./invent_json.ts";
import { type AssistantText, inventText } from "./invent_text.ts";
import type { MockModel } from "./models.ts";
import type { CompletionRequest } from "./parse_request.ts";
import { continuePlanted } from "./planted_thought.ts";
import { hashText, type Random } from "./random.ts";
import { readTemplate } from "./read_template.ts";

/** A completion before it is truncated. */
export interface Draft extends AssistantText {
  /**
   * A text before the reasoning, or before the content if there is no reasoning, that the model
   * did not write. It costs no tokens and is never truncated.
   *
   * @default {""}
   */
  readonly echo?: string;
  /**
   * Whether the response omits the reasoning.
   *
   * @default {false}
   */
  readonly isHidden?: boolean;
}

/** What {@linkcode writeDraft} needs besides the request. */
export interface WriteOptions extends ChosenEndpoint {
  readonly prefill: PrefillBehavior;
  readonly random: Random;
}

/**
 * Writes the response to a chat, or continues a raw prompt in its own chat template.
 *
 * @throws {HttpError} With status 400 if the provider rejects prefills, and 404 if it rejects raw
 * prompts.
 */
export function writeDraft(
  request: CompletionRequest,
  options: WriteOptions,
): Draft {
  return request.prompt === null
    ? writeChat(request, options)
    : writeRawText(request.prompt, options);
}

const UNSUPPORTED =
  '{"error":{"message":"This model does not support the completions endpoint. ' +
  'Use chat/completions instead.","type":"invalid_request_error"}}';

/** `<|end|>` and the like, and DeepSeek's with full-width bars. */
const SPECIAL_TOKEN = /<[|｜][^<>|｜]*[|｜]>/g;

function writeChat(
  request: CompletionRequest,
  { model, random, prefill }: WriteOptions,
): Draft {
  const { messages, seed } = request;
  const last = messages.at(-1);
  const written = last?.role === "assistant" ? last.content : null;
  const question = messages.findLast(({ role }) => role === "user")?.content;
  // A raw prompt that was wrapped in a message has the question between special tokens.
  const plan = inventText(readTemplate(question ?? "").question, random);
  const content = request.jsonSchema === null
    ? plan.content
    : JSON.stringify(inventJson(request.jsonSchema, random));
  if (model.isPlanted) return writePlanted(written, random);
  const reasons = isReasoning(model, request.reasoningEnabled);
  const isHidden = model.hidesReasoning;
  const behavior = prefill === "mixed" ? drawBehavior(seed) : prefill;
  if (written === null || behavior === "ignore") {
    return { reasoning: reasons ? plan.reasoning : null, content, isHidden };
  }
  if (behavior === "answer") return { reasoning: null, content };
  if (behavior === "reject") return rejectPrefill();
  const rest = continuePrefill(
    splitPrefill(written),
    { ...plan, content },
    random,
  );
  // Without reasoning in its responses, a model can only continue it in the content.
  const place = reasons || behavior.startsWith("echo_") ? behavior : "content";
  const draft = placeContinuation(written, rest, place);
  return isHidden ? { ...draft, isHidden } : draft;
}

/** The planted chain of thought from its start, or from where a prefill stops. */
function writePlanted(written: string | null, random: Random): Draft {
  const { reasoning, content } = splitPrefill(written ?? "<think>");
  const text = continuePlanted((reasoning ?? "").trimStart(), random);
  return content === null ? text : { ...text, reasoning: null };
}

/** Returns the behavior of a provider whose behavior depends on the seed. */
export function drawBehavior(seed: number | null): "reasoning" | "ignore" {
  return hashText(`mixed${seed}`) % 2 === 0 ? "reasoning" : "ignore";
}

/** Rejects a request because it has a prefill. */
export function rejectPrefill(): never {
  throw new HttpError(
    400,
    "This model does not support assistant message prefill. " +
      "The conversation must end with a user message.",
  );
}

/** The behaviors of providers that continue a prefill. */
type ContinuingBehavior = Exclude<
  PrefillBehavior,
  "ignore" | "answer" | "reject" | "mixed"
>;

function placeContinuation(
  prefill: string,
  rest: AssistantText,
  behavior: ContinuingBehavior,
): Draft {
  const { reasoning, content } = rest;
  const text = reasoning === null
    ? content
    : `${reasoning}</think>\n\n${content}`;
  const written = splitPrefill(prefill).reasoning;
  switch (behavior) {
    case "reasoning":
      return rest;
    case "hidden":
      return { ...rest, isHidden: true };
    case "echo":
      return { ...rest, echo: reasoning === null ? "" : written ?? "" };
    case "misfiled":
      return reasoning === null && written !== null
        ? { reasoning: content, content: null }
        : rest;
    case "content":
      return { reasoning: null, content: text };
    case "echo_content": {
      const echo = prefill.replace(/^\s*<think>/, "");
      return { reasoning: null, content: text, echo };
    }
    case "echo_prefill":
      return { reasoning: null, content: text, echo: prefill };
  }
}

function isReasoning(model: MockModel, enabled: boolean | null): boolean {
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

function writeRawText(
  prompt: string,
  { model, random, endpoint }: WriteOptions,
): Draft {
  if (endpoint.rawPrompt === "reject") {
    throw new HttpError(404, PROVIDER_ERROR, {
      error_type: "not_found",
      provider_name: endpoint.providerName,
      raw: UNSUPPORTED,
    });
  }
  const text = continueText(model, prompt, random);
  const content = endpoint.rawPrompt === "strip"
    ? text.replaceAll(SPECIAL_TOKEN, "")
    : text;
  return { reasoning: null, content };
}

function continueText(
  model: MockModel,
  prompt: string,
  random: Random,
): string {
  const template = readTemplate(prompt);
  const { open, close, prefill } = template;
  const plan = inventText(template.question, random);
  const reasons = model.reasoning !== "never" && template.hasChannels;
  if (prefill === "" && reasons) {
    return `${open}${plan.reasoning}${close}${plan.content}`;
  }
  // A model without reasoning answers at once, unless the prompt has begun to reason.
  const isAnswering = template.isAnswering || (!reasons && open !== "");
  const { reasoning, content } = continuePrefill(
    isAnswering
      ? { reasoning: template.reasoning, content: prefill }
      : { reasoning: prefill, content: null },
    plan,
    random,
  );
  return reasoning === null ? content : `${reasoning}${close}${content}`;
}
