import { CLOSE_TAG } from "../think_tags.ts";
import {
  type MessageTexts,
  type SplitAnswer,
  splitAnswer,
} from "./split_answer.ts";

/**
 * Same as {@linkcode splitAnswer} for a server that always repeats the prefill at the start of the content.
 * A text that begins with the prefill is then an echo, however short the prefill is: it cannot be the
 * model's own.
 */
export function splitRepeatedPrefill(
  texts: MessageTexts,
  prefill: string | null,
  opensReasoning = false,
): SplitAnswer {
  const content = texts.content?.trimStart() ?? "";
  if (prefill === null || !content.startsWith(prefill)) {
    return splitAnswer(texts, prefill, opensReasoning);
  }
  const own = { ...texts, content: content.slice(prefill.length) };
  const answer = splitAnswer(own, prefill, opensReasoning);
  // In a thought without an end, nothing shows where the answer begins.
  const isSplit = answer.reasoning !== null || prefill.includes(CLOSE_TAG);
  return isSplit ? { ...answer, prefill: "echoed" } : answer;
}
