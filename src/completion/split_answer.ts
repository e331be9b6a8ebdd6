import {
  contentOnly,
  type ReasoningAndContent,
  reasoningOnly,
} from "../full_text.ts";
import type { PrefillOutcome } from "../prefill_outcome.ts";
import { CLOSE_TAG, OPEN_TAG } from "../think_tags.ts";
import {
  classifyContinuation,
  type Continuation,
} from "./classify_continuation.ts";
import { stripEcho } from "./strip_echo.ts";

/** The texts of a message as the provider returned them. */
export interface MessageTexts {
  readonly content?: string | null;
  readonly reasoning?: string | null;
  /** The number of billed reasoning tokens, shown or hidden, if the provider reports it. */
  readonly reasoningTokens?: number | null;
  readonly callsTools: boolean;
  readonly finishReason: string | null;
}

/** The reasoning and content of a sample, and what the model did with the prefill. */
export interface SplitAnswer extends ReasoningAndContent {
  /** Whether the model continued the prefill, or `null` if the request had none. */
  readonly prefill: PrefillOutcome | null;
}

/**
 * Separates reasoning and content in all forms in which providers return them, and finds out what the
 * model did with the prefill. Neither text is trimmed.
 *
 * An echo of the prefill is removed first: the outcome is `echoed`. If the prefill leaves the
 * reasoning open:
 *
 * 1. A provider that returns `reasoning` has separated the two, except for stray tags: a `</think>`
 *    in the reasoning or before the content ends the reasoning.
 *    {@linkcode classifyContinuation} decides the outcome.
 * 2. `content` alone is split at `</think>`: `continued_in_content`, unless the text starts over.
 *    Without `</think>` it is reasoning if it was cut short. If the model ended its turn, it
 *    stays the content and the outcome is `unknown`, since nothing shows where the answer begins.
 *
 * If the prefill closes the reasoning, the content continues the answer. A lone `reasoning` is the
 * answer in the wrong field: `misfiled`, unless it starts over or contains a `</think>`. Both
 * together are a restart.
 *
 * @param prefill The part of the reasoning in the request, with `<think>`, or `null`.
 * @param opensReasoning Whether the model's chat template opens the reasoning, so that without a
 * prefill, too, content may contain only `</think>`.
 */
export function splitAnswer(
  texts: MessageTexts,
  prefill: string | null,
  opensReasoning = false,
): SplitAnswer {
  if (prefill === null) {
    return { ...splitWithoutPrefill(texts, opensReasoning), prefill: null };
  }
  return prefill.includes(CLOSE_TAG)
    ? splitAfterClosedPrefill(texts, prefill)
    : splitAfterOpenPrefill(texts, prefill);
}

const HAS_TAG = /^\s*<think>|<\/think>/;

function splitWithoutPrefill(
  texts: MessageTexts,
  opensReasoning: boolean,
): ReasoningAndContent {
  const content = texts.content ?? "";
  if (isSeparated(texts)) return stripStrayTags(texts, texts.reasoning ?? "");
  const tag = openingTag(content);
  if (tag !== "") return splitAtClose(content.slice(tag.length));
  return opensReasoning && content.includes(CLOSE_TAG)
    ? splitAtClose(content)
    : contentOnly(content);
}

function splitAfterOpenPrefill(
  texts: MessageTexts,
  prefill: string,
): SplitAnswer {
  const given = prefill.slice(OPEN_TAG.length);
  if (isSeparated(texts)) {
    const { text, isEcho } = stripEcho(texts.reasoning ?? "", given);
    return {
      ...stripStrayTags(texts, text),
      prefill: isEcho
        ? "echoed"
        : outcomeOf(classifyContinuation(given, text), "continued"),
    };
  }
  const { text, isEcho } = stripEcho(texts.content ?? "", given);
  const met = isEcho ? "continues" : classifyContinuation(given, text);
  const tag = openingTag(text);
  const isThought = tag !== "" || text.includes(CLOSE_TAG) ||
    (!isHidden(texts) && texts.finishReason !== "stop");
  if (isThought) {
    return {
      ...splitAtClose(text.slice(tag.length)),
      prefill: isEcho ? "echoed" : outcomeOf(met, "continued_in_content"),
    };
  }
  // A model that ends its turn has ended its reasoning, but nothing shows where.
  const isNew = !isHidden(texts) && met === "restarts";
  return { ...contentOnly(text), prefill: isNew ? "restarted" : "unknown" };
}

function splitAfterClosedPrefill(
  texts: MessageTexts,
  prefill: string,
): SplitAnswer {
  const close = prefill.lastIndexOf(CLOSE_TAG);
  const whole = prefill.slice(OPEN_TAG.length);
  const thought = prefill.slice(OPEN_TAG.length, close);
  const written = prefill.slice(close + CLOSE_TAG.length);
  const content = texts.content ?? "";
  const reasoning = texts.reasoning ?? "";
  if (!isSeparated(texts)) {
    const { text, isEcho } = stripEcho(content, whole, written);
    const fresh = splitRestart(text);
    if (fresh !== null) return { ...fresh, prefill: "restarted" };
    const outcome = isHidden(texts)
      ? "unknown"
      : outcomeOf(classifyAnswer(written, text), "continued");
    return { ...contentOnly(text), prefill: isEcho ? "echoed" : outcome };
  }
  if (content === "" && !texts.callsTools) {
    const { text, isEcho } = stripEcho(reasoning, whole, written);
    const fresh = splitRestart(text);
    if (fresh !== null) return { ...fresh, prefill: "restarted" };
    const met = isEcho ? "continues" : classifyAnswer(written, text);
    // A text that is cut short and does not continue the answer may be a new thought.
    if (
      met === "continues"
        ? written.trim() !== "" || texts.finishReason === "stop"
        : met === "unclear" && texts.finishReason === "stop"
    ) {
      return { ...contentOnly(text), prefill: "misfiled" };
    }
    return {
      ...reasoningOnly(text),
      prefill: met === "restarts" ? "restarted" : "unknown",
    };
  }
  const isBlank = reasoning.trim() === "";
  if (isBlank || reasoning.trim() === thought.trim()) {
    const { text, isEcho } = stripEcho(content, written);
    const outcome = outcomeOf(classifyAnswer(written, text), "continued");
    return {
      ...contentOnly(text),
      prefill: isEcho || !isBlank ? "echoed" : outcome,
    };
  }
  return { ...stripStrayTags(texts, reasoning), prefill: "restarted" };
}

/** Splits a text that has new reasoning after a closed prefill; `null` if it has none. */
function splitRestart(text: string): ReasoningAndContent | null {
  const tag = openingTag(text);
  return tag === "" && !text.includes(CLOSE_TAG)
    ? null
    : splitAtClose(text.slice(tag.length));
}

/** Classifies an answer after the part of it that the prefill contains. Any answer continues an empty part. */
function classifyAnswer(written: string, text: string): Continuation {
  return written.trim() === ""
    ? "continues"
    : classifyContinuation(written, text);
}

/** Returns the outcome of a prefill, by how the text relates to it. */
export function outcomeOf(
  met: Continuation,
  continued: PrefillOutcome,
): PrefillOutcome {
  if (met === "continues") return continued;
  return met === "restarts" ? "restarted" : "unknown";
}

function openingTag(text: string): string {
  return /^\s*<think>/.exec(text)?.[0] ?? "";
}

/** Whether the provider separated the two. An explicit empty reasoning next to a content ended at once. */
function isSeparated(
  { reasoning, content, finishReason }: MessageTexts,
): boolean {
  return reasoning === ""
    ? finishReason === "stop" || Boolean(content && !HAS_TAG.test(content))
    : Boolean(reasoning);
}

function isHidden({ reasoning, reasoningTokens }: MessageTexts): boolean {
  return !reasoning && (reasoningTokens ?? 0) > 0;
}

/** Returns separated reasoning and content without a stray `</think>` in one of them. */
function stripStrayTags(
  { content, callsTools }: MessageTexts,
  reasoning: string,
): ReasoningAndContent {
  if (!content && !callsTools) return splitAtClose(reasoning);
  const thought = reasoning.trimEnd().endsWith(CLOSE_TAG)
    ? reasoning.slice(0, reasoning.lastIndexOf(CLOSE_TAG))
    : reasoning;
  const text = content ?? "";
  return reasoningAndContent(
    thought,
    text.trimStart().startsWith(CLOSE_TAG)
      ? text.slice(text.indexOf(CLOSE_TAG) + CLOSE_TAG.length)
      : text,
  );
}

function splitAtClose(text: string): ReasoningAndContent {
  const close = text.indexOf(CLOSE_TAG);
  return close < 0 ? reasoningOnly(text) : reasoningAndContent(
    text.slice(0, close),
    text.slice(close + CLOSE_TAG.length),
  );
}

function reasoningAndContent(
  reasoning: string,
  content: string,
): ReasoningAndContent {
  return { content, reasoning, completedReasoning: true };
}
