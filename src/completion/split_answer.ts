import type { ThoughtAndAnswer } from "../full_text.ts";
import type { PrefillOutcome } from "../prefill_outcome.ts";
import { type Seam, seam } from "./seam.ts";
import { withoutEcho } from "./without_echo.ts";

/** What a model's message holds, before it is told apart. */
export interface MessageTexts {
  /** The message's `content`; null or missing where it has none. */
  readonly content?: string | null;
  /** The message's `reasoning`; null or missing where it has none. */
  readonly reasoning?: string | null;
  /** How many tokens of reasoning are billed, shown or not; null or missing where it is not said. */
  readonly reasoningTokens?: number | null;
  /** Whether the message calls tools. */
  readonly callsTools: boolean;
  /** Why the model stopped. */
  readonly finishReason: string | null;
}

/** Reasoning and answer of a sample, and what became of the prefill. */
export interface SplitAnswer extends ThoughtAndAnswer {
  /** What became of the prefill; null where the request had none. */
  readonly prefill: PrefillOutcome | null;
}

/**
 * Tells reasoning and content apart in whatever form a provider sends them
 * after `prefill` (the beginning of the reasoning that the request gave, with
 * `<think>`; null where it gave none), and what became of the prefill. Nothing of thought or answer is trimmed.
 *
 * A prefix that was repeated is taken off first: the outcome is `echoed`. Then, where the prefill
 * leaves its thought open:
 *
 * 1. A provider that sends `reasoning` has told the two apart, but for tags: a `</think>`
 *    that is left in it, or in front of the content, is where the thought ends. The outcome is
 *    what {@linkcode seam} tells.
 * 2. `content` alone is split at `</think>`: `continued_in_content`, unless the seam shows a new
 *    beginning. Without `</think>` it is the thought where it was cut short. Where the model came to its
 *    end it stays the content, as it came: `unknown`, since nothing tells where the answer begins.
 *
 * Where the prefill closes its thought, content goes on with the answer, as the seam tells. A lone
 * `reasoning` is the answer, filed wrongly: `misfiled`, unless the seam or a `</think>` in it shows a new thought.
 * Both together are a new beginning.
 */
export function splitAnswer(
  texts: MessageTexts,
  prefill: string | null,
): SplitAnswer {
  if (prefill === null) return { ...splitFree(texts), prefill: null };
  return prefill.includes(CLOSE_TAG)
    ? splitAfterThought(texts, prefill)
    : splitOpenThought(texts, prefill);
}

const OPEN_TAG = "<think>";
const CLOSE_TAG = "</think>";

/** Of an answer to a request that wrote nothing for the model. */
function splitFree(texts: MessageTexts): ThoughtAndAnswer {
  const content = texts.content ?? "";
  if (isToldApart(texts)) return joinTags(texts, texts.reasoning ?? "");
  const tag = /^\s*<think>/.exec(content)?.[0];
  return tag === undefined
    ? answerAlone(content)
    : splitAtClose(content.slice(tag.length));
}

function splitOpenThought(texts: MessageTexts, prefill: string): SplitAnswer {
  const given = prefill.slice(OPEN_TAG.length);
  if (isToldApart(texts)) {
    const { text, isEcho } = withoutEcho(texts.reasoning ?? "", given);
    return {
      ...joinTags(texts, text),
      prefill: isEcho ? "echoed" : outcomeOf(seam(given, text), "continued"),
    };
  }
  const { text, isEcho } = withoutEcho(texts.content ?? "", given);
  const met = isEcho ? "continues" : seam(given, text);
  const tag = /^\s*<think>/.exec(text)?.[0] ?? "";
  const isThought = tag !== "" || text.includes(CLOSE_TAG) ||
    (!isHidden(texts) && texts.finishReason !== "stop");
  if (isThought) {
    return {
      ...splitAtClose(text.slice(tag.length)),
      prefill: isEcho ? "echoed" : outcomeOf(met, "continued_in_content"),
    };
  }
  // A model that ends its turn has ended its thought, too; where it did is not to be seen.
  const isNew = !isHidden(texts) && met === "restarts";
  return { ...answerAlone(text), prefill: isNew ? "restarted" : "unknown" };
}

function splitAfterThought(texts: MessageTexts, prefill: string): SplitAnswer {
  const close = prefill.lastIndexOf(CLOSE_TAG);
  const whole = prefill.slice(OPEN_TAG.length);
  const thought = prefill.slice(OPEN_TAG.length, close);
  const written = prefill.slice(close + CLOSE_TAG.length);
  const content = texts.content ?? "";
  const reasoning = texts.reasoning ?? "";
  if (!isToldApart(texts)) {
    const { text, isEcho } = withoutEcho(content, whole, written);
    const fresh = freshThought(text);
    if (fresh !== null) return { ...fresh, prefill: "restarted" };
    const outcome = isHidden(texts)
      ? "unknown"
      : outcomeOf(answerSeam(written, text), "continued");
    return { ...answerAlone(text), prefill: isEcho ? "echoed" : outcome };
  }
  if (content === "" && !texts.callsTools) {
    const { text, isEcho } = withoutEcho(reasoning, whole, written);
    const fresh = freshThought(text);
    if (fresh !== null) return { ...fresh, prefill: "restarted" };
    const met = isEcho ? "continues" : answerSeam(written, text);
    // What is cut short and begins no answer may as well be a new thought.
    if (
      met === "continues"
        ? written.trim() !== "" || texts.finishReason === "stop"
        : met === "unclear" && texts.finishReason === "stop"
    ) {
      return { ...answerAlone(text), prefill: "misfiled" };
    }
    return {
      ...thoughtAlone(text),
      prefill: met === "restarts" ? "restarted" : "unknown",
    };
  }
  const isBlank = reasoning.trim() === "";
  if (isBlank || reasoning.trim() === thought.trim()) {
    const { text, isEcho } = withoutEcho(content, written);
    const outcome = outcomeOf(answerSeam(written, text), "continued");
    return {
      ...answerAlone(text),
      prefill: isEcho || !isBlank ? "echoed" : outcome,
    };
  }
  return { ...joinTags(texts, reasoning), prefill: "restarted" };
}

/** The thought and answer of a text behind a closed thought that has a thought of its own; null where it has none. */
function freshThought(text: string): ThoughtAndAnswer | null {
  const tag = /^\s*<think>/.exec(text)?.[0] ?? "";
  return tag === "" && !text.includes(CLOSE_TAG)
    ? null
    : splitAtClose(text.slice(tag.length));
}

/** How an answer stands to its beginning. Behind a thought alone any answer may begin, but a new thought may too. */
function answerSeam(written: string, text: string): Seam {
  return written.trim() === "" ? "continues" : seam(written, text);
}

function outcomeOf(met: Seam, continued: PrefillOutcome): PrefillOutcome {
  if (met === "continues") return continued;
  return met === "restarts" ? "restarted" : "unknown";
}

/** An empty reasoning is one that ended at once, where the answer has come to its end too. */
function isToldApart({ reasoning, finishReason }: MessageTexts): boolean {
  return reasoning === "" ? finishReason === "stop" : Boolean(reasoning);
}

/** Whether the model has thought and does not show what. */
function isHidden({ reasoning, reasoningTokens }: MessageTexts): boolean {
  return !reasoning && (reasoningTokens ?? 0) > 0;
}

/** Reasoning and content that were told apart, but for a tag that was left in one of them. */
function joinTags(
  { content, callsTools }: MessageTexts,
  reasoning: string,
): ThoughtAndAnswer {
  if (!content && !callsTools) return splitAtClose(reasoning);
  const thought = reasoning.trimEnd().endsWith(CLOSE_TAG)
    ? reasoning.slice(0, reasoning.lastIndexOf(CLOSE_TAG))
    : reasoning;
  const text = content ?? "";
  return thoughtAndAnswer(
    thought,
    text.trimStart().startsWith(CLOSE_TAG)
      ? text.slice(text.indexOf(CLOSE_TAG) + CLOSE_TAG.length)
      : text,
  );
}

function splitAtClose(text: string): ThoughtAndAnswer {
  const close = text.indexOf(CLOSE_TAG);
  return close < 0 ? thoughtAlone(text) : thoughtAndAnswer(
    text.slice(0, close),
    text.slice(close + CLOSE_TAG.length),
  );
}

function thoughtAndAnswer(
  reasoning: string,
  content: string,
): ThoughtAndAnswer {
  return { content, reasoning, completedReasoning: true };
}

function thoughtAlone(reasoning: string): ThoughtAndAnswer {
  return { content: "", reasoning, completedReasoning: false };
}

function answerAlone(content: string): ThoughtAndAnswer {
  return { content, reasoning: null, completedReasoning: true };
}
