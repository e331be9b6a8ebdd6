import { continuePrefill, splitPrefill } from "./continue_prefill.ts";
import type { PrefillBehavior } from "./endpoints.ts";
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

/** What {@linkcode writeChat} needs besides the request. */
export interface WriteChatOptions {
  /** The model. */
  readonly model: MockModel;
  /** Where the choices come from. */
  readonly random: Random;
  /** What the provider does with a prefill. */
  readonly prefill: PrefillBehavior;
}

/**
 * Writes the response to a chat.
 *
 * @throws {HttpError} With status 400 if the provider rejects prefills.
 */
export function writeChat(
  request: CompletionRequest,
  { model, random, prefill }: WriteChatOptions,
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
  if (behavior === "reject") {
    throw new HttpError(
      400,
      "This model does not support assistant message prefill. " +
        "The conversation must end with a user message.",
    );
  }
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

function drawBehavior(seed: number | null): "reasoning" | "ignore" {
  return hashText(`mixed${seed}`) % 2 === 0 ? "reasoning" : "ignore";
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
