import type { CompletionFormat } from "../prepared_request.ts";
import { contentOnly, type ReasoningAndContent } from "../full_text.ts";
import { CLOSE_TAG, OPEN_TAG } from "../think_tags.ts";
import type { PrefillOutcome } from "../prefill_outcome.ts";
import { classifyContinuation } from "./classify_continuation.ts";
import {
  type MessageTexts,
  outcomeOf,
  type SplitAnswer,
  splitAnswer,
} from "./split_answer.ts";
import { splitHarmony } from "./split_harmony.ts";

/**
 * Separates reasoning and content in the completion of a raw prompt, and finds out what the model did
 * with the prefill. Only tokens that end an answer are removed, if a provider left them in the text.
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
  // A provider that returns reasoning has separated the two, or put the prompt into a chat.
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
    // The model ended its turn, and nothing shows where its answer starts.
    ? {
      ...contentOnly(text.replace(END_MARKS, "")),
      prefill: "unknown",
    }
    : { ...split, prefill: prefillOutcome(split, prefill) };
}

const END_MARKS = /(?:<\|im_end\|>|<\|endoftext\|>|<｜end▁of▁sentence｜>)+$/;

function splitThinkTags(
  text: string,
  prefill: string | null,
): ReasoningAndContent {
  // A raw completion never repeats its prompt, so there is no echo to look for.
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

function prefillOutcome(
  { reasoning, content }: ReasoningAndContent,
  prefill: string,
): PrefillOutcome {
  const close = prefill.lastIndexOf(CLOSE_TAG);
  const isOpen = close < 0;
  const given = isOpen
    ? prefill.slice(OPEN_TAG.length)
    : prefill.slice(close + CLOSE_TAG.length);
  const written = isOpen ? reasoning : content;
  // Reasoning after a closed prefill is a restart.
  if (!isOpen && reasoning !== null) return "restarted";
  if (written === null) return "unknown";
  return outcomeOf(classifyContinuation(given, written), "continued");
}
