import {
  type Continuation,
  continuePrefill,
  type PrefillParts,
  splitPrefill,
} from "./continue_prefill.ts";
import { inventJson } from "./invent_json.ts";
import type { MockModel } from "./models.ts";
import { MockHttpError } from "./http_error.ts";
import type { MockPrefill } from "./mock_prefill.ts";
import { hashText, type Random } from "./random.ts";
import type { MockGenerationRequest, MockMessage } from "./parse_request.ts";
import { inventThought } from "./invent_text.ts";
import { continuePlanted } from "./planted_thought.ts";
import { readTemplate } from "./read_template.ts";

/** What a model would write if nothing cut it short. */
export interface Draft {
  /** The reasoning, or null where it writes none. */
  readonly reasoning: string | null;
  /** The answer, or null where it writes none. */
  readonly content: string | null;
  /**
   * What stands before the reasoning, or where there is none before the answer, though the model
   * did not write it: it costs no tokens, and nothing cuts it.
   *
   * @default {""}
   */
  readonly echo?: string;
  /**
   * Whether the reasoning is written, but not shown.
   *
   * @default {false}
   */
  readonly isHidden?: boolean;
}

/** What {@linkcode writeDraft} needs beside the request. */
export interface WriteDraftOptions {
  /** Who writes. */
  readonly model: MockModel;
  /** Another source gives another text. */
  readonly random: Random;
  /** What comes of a prefill. */
  readonly prefill: MockPrefill;
}

/**
 * Writes what comes of a chat.
 *
 * @throws {MockHttpError} With status 400 where the prefill is rejected.
 */
export function writeDraft(
  request: MockGenerationRequest,
  { model, random, prefill }: WriteDraftOptions,
): Draft {
  const { question, written } = readConversation(request.messages);
  const thought = inventThought(question, random);
  const answer = request.jsonSchema === null
    ? thought.answer
    : JSON.stringify(inventJson(request.jsonSchema, random));
  const plan = { ...thought, answer };
  const thinks = doesThink(model, request.reasoningEnabled);
  if (model.isPlanted) return writePlanted(written, random);
  const isHidden = model.hidesReasoning;
  const style = settlePrefill(prefill, request.seed);
  if (written === null || style === "ignore") {
    const reasoning = thinks ? plan.reasoning : null;
    return { reasoning, content: answer, isHidden };
  }
  switch (style) {
    case "answer":
      return { reasoning: null, content: answer };
    case "reject":
      throw new MockHttpError(
        400,
        "This model does not support assistant message prefill. " +
          "The conversation must end with a user message.",
      );
    default: {
      const parts = splitPrefill(written);
      const rest = continuePrefill(parts, plan, random);
      // Without a place for reasoning the rest of a thought can only stand in the content.
      const place = thinks || style.startsWith("echo_") ? style : "content";
      const draft = placeContinuation(written, parts, rest, place);
      return isHidden ? { ...draft, isHidden } : draft;
    }
  }
}

/** The planted chain of thought, from its beginning or from where a prefill stops. */
function writePlanted(written: string | null, random: Random): Draft {
  const { thought, answer } = splitPrefill(written ?? "<think>");
  const text = continuePlanted((thought ?? "").trimStart(), random);
  return answer === null ? text : { ...text, reasoning: null };
}

/** What goes on from a prefill, and where it is put. */
type ContinuedPrefill = Exclude<
  MockPrefill,
  "ignore" | "answer" | "reject" | "mixed"
>;

function settlePrefill(
  prefill: MockPrefill,
  seed: number | null,
): Exclude<MockPrefill, "mixed"> {
  if (prefill !== "mixed") return prefill;
  return hashText(`mixed${seed}`) % 2 === 0 ? "reasoning" : "ignore";
}

function placeContinuation(
  prefill: string,
  parts: PrefillParts,
  { reasoning, answer }: Continuation,
  place: ContinuedPrefill,
): Draft {
  const text = reasoning === null
    ? answer
    : `${reasoning}</think>\n\n${answer}`;
  switch (place) {
    case "reasoning":
      return { reasoning, content: answer };
    case "hidden":
      return { reasoning, content: answer, isHidden: true };
    case "echo": {
      const echo = reasoning === null ? "" : parts.thought ?? "";
      return { reasoning, content: answer, echo };
    }
    case "misfiled":
      return reasoning === null && parts.thought !== null
        ? { reasoning: answer, content: null }
        : { reasoning, content: answer };
    case "content":
      return { reasoning: null, content: text };
    case "echo_content":
      return { reasoning: null, content: text, echo: withoutTag(prefill) };
    case "echo_prefill":
      return { reasoning: null, content: text, echo: prefill };
  }
}

function withoutTag(prefill: string): string {
  return prefill.replace(/^\s*<think>/, "");
}

function readConversation(
  messages: readonly MockMessage[],
): { readonly question: string; readonly written: string | null } {
  const last = messages.at(-1);
  const written = last?.role === "assistant" ? last.content : null;
  const asked = messages.findLast((message) => message.role === "user");
  // In a raw prompt that was wrapped in a message, the question stands between marks.
  return { question: readTemplate(asked?.content ?? "").question, written };
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
