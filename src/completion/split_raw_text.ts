import type { CompletionFormat } from "../prepared_request.ts";
import type { ThoughtAndAnswer } from "../full_text.ts";
import type { PrefillOutcome } from "../prefill_outcome.ts";
import { seam } from "./seam.ts";
import {
  type MessageTexts,
  type SplitAnswer,
  splitAnswer,
} from "./split_answer.ts";
import { splitHarmony } from "./split_harmony.ts";

/**
 * Tells thought and answer apart in the text that came back for a raw prompt, and what became of its
 * prefill.
 *
 * Nothing is trimmed but the tokens that end an answer, where a provider left them at the end. Any
 * text gives a result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const texts = { content: "0 = 50</think>\n\n50<|im_end|>", callsTools: false, finishReason: "stop" };
 * assertEquals(splitRawText(texts, { markup: "think", prefill: "<think>\n5*1" }), {
 *   reasoning: "0 = 50",
 *   content: "\n\n50",
 *   completedReasoning: true,
 *   prefill: "continued",
 * });
 * ```
 */
export function splitRawText(
  texts: MessageTexts,
  { markup, prefill }: CompletionFormat,
): SplitAnswer {
  // A provider that gives reasoning beside the text has told the two apart, or put it into a chat.
  if (texts.reasoning) return splitAnswer(texts, prefill);
  const text = texts.content ?? "";
  const split = markup === "harmony"
    ? splitHarmony(text, prefill)
    : splitThinkTags(text, prefill);
  if (prefill === null) return { ...split, prefill: null };
  const isOpen = !prefill.includes(CLOSE_TAG);
  const isOdd = markup === "think" && isOpen && !split.completedReasoning &&
    texts.finishReason === "stop";
  return isOdd
    // The model ended its turn: where its answer begins is not to be seen.
    ? {
      content: text.replace(END_MARKS, ""),
      reasoning: null,
      completedReasoning: true,
      prefill: "unknown",
    }
    : { ...split, prefill: outcomeOf(split, prefill) };
}

const OPEN_TAG = "<think>";
const CLOSE_TAG = "</think>";
const END_MARKS = /(?:<\|im_end\|>|<\|endoftext\|>|<｜end▁of▁sentence｜>)+$/;

function splitThinkTags(
  text: string,
  prefill: string | null,
): ThoughtAndAnswer {
  // A raw text never repeats its prompt: the prefill's words are not to be looked for in it.
  const state = prefill === null
    ? null
    : prefill.includes(CLOSE_TAG)
    ? `${OPEN_TAG}${CLOSE_TAG}`
    : OPEN_TAG;
  const content = text.replace(END_MARKS, "");
  const texts = { content, callsTools: false, finishReason: null };
  const { prefill: _, ...split } = splitAnswer(texts, state);
  return split;
}

function outcomeOf(
  { reasoning, content }: ThoughtAndAnswer,
  prefill: string,
): PrefillOutcome {
  const close = prefill.lastIndexOf(CLOSE_TAG);
  const isOpen = close < 0;
  const given = isOpen
    ? prefill.slice(OPEN_TAG.length)
    : prefill.slice(close + CLOSE_TAG.length);
  const written = isOpen ? reasoning : content;
  // A thought behind a closed one, or none behind an open one, is not what the prompt asks for.
  if (!isOpen && reasoning !== null) return "restarted";
  if (written === null) return "unknown";
  switch (seam(given, written)) {
    case "continues":
      return "continued";
    case "restarts":
      return "restarted";
    case "unclear":
      return "unknown";
  }
}
