import type { RolloutsError } from "../errors.ts";
import { isPrefillRefusal } from "./is_prefill_refusal.ts";
import type { Response } from "../response.ts";
import { isContinuation, type PrefillOutcome } from "../prefill_outcome.ts";
import type { ProbeQuestion } from "./probe_question.ts";

/**
 * What became of a probe. Whoever went on begins with the rest of the word. An answer that has the word
 * behind a thought that is not shown went on in secret: `unknown`. All else restarted. Null where
 * the request failed for another reason than that it was refused.
 */
export function judgeProbe(
  result: Response | RolloutsError,
  question: ProbeQuestion,
): PrefillOutcome | null {
  if (result instanceof Error) {
    return isPrefillRefusal(result, { isProbe: true }) ? "refused" : null;
  }
  const { reasoning, content, prefill } = result;
  const written = (question.isOpen ? reasoning : content) ?? "";
  if (written.trimStart().toLowerCase().startsWith(question.rest)) {
    return prefill !== null && isContinuation(prefill) ? prefill : "continued";
  }
  const isSecret = !reasoning &&
    content.toLowerCase().includes(question.word);
  return question.isOpen && isSecret ? "unknown" : "restarted";
}
