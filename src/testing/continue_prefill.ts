import { inventSentence, type MockThought } from "./mock_thought.ts";
import type { Random } from "./mock_random.ts";

/** The parts of an assistant's prefill. */
export interface PrefillParts {
  /** What stands behind `<think>`, or null where the prefill has no thought. */
  readonly thought: string | null;
  /** What stands behind `</think>`, or null while the thought is open. */
  readonly answer: string | null;
}

/** What the model writes after a prefill. */
export interface Continuation {
  /** The rest of the reasoning, or null where the prefill had closed it or had none. */
  readonly reasoning: string | null;
  /** The answer, or the rest of it. */
  readonly answer: string;
}

/** Tells the thought and the answer of a prefill apart. */
export function splitPrefill(prefill: string): PrefillParts {
  const close = prefill.lastIndexOf(CLOSE);
  const open = prefill.indexOf(OPEN);
  if (open < 0 && close < 0) return { thought: null, answer: prefill };
  const start = open < 0 ? 0 : open + OPEN.length;
  return close < start ? { thought: prefill.slice(start), answer: null } : {
    thought: prefill.slice(start, close),
    answer: prefill.slice(close + CLOSE.length),
  };
}

/**
 * Writes on where a prefill stops, without repeating it: exactly behind what the prefill has of
 * the planned thought, and with a sentence in between where it has nothing of it.
 */
export function continuePrefill(
  parts: PrefillParts,
  plan: MockThought,
  random: Random,
): Continuation {
  const thought = parts.thought ?? "";
  if (parts.answer === null) {
    const rest = thought.trim() === ""
      ? restOfStart(thought, plan.reasoning)
      : restBehind(thought, [plan.reasoning, ...plan.variants]);
    if (rest !== null) return { reasoning: rest, answer: plan.answer };
    return {
      reasoning: ` ${inventSentence("it", random)}${plan.reasoning}`,
      answer: claimedAnswer(thought) ?? plan.answer,
    };
  }
  const answer = claimedAnswer(thought) ?? plan.answer;
  const written = parts.answer.trimStart();
  const rest = written === ""
    ? answer
    : restBehind(written, [answer]) ?? ` ${inventSentence("it", random)}`;
  return { reasoning: null, answer: rest };
}

const OPEN = "<think>";
const CLOSE = "</think>";

const WORD = /[\p{L}\p{N}]/u;

const CLAIM =
  /\banswer(?: is|:)(?: (?:definitely|clearly|simply|just|obviously))? ["'*]*([\p{L}\p{N}-]+)["'*]*[.!]?\s*$/iu;

/** The continuation of the text that holds the longest end of `written`, or null. */
function restBehind(written: string, texts: readonly string[]): string | null {
  const longest = Math.max(...texts.map((text) => text.length));
  for (
    let start = Math.max(0, written.length - longest);
    start < written.length;
    start++
  ) {
    if (!startsWord(written, start)) continue;
    const end = written.slice(start);
    if (!WORD.test(end)) return null;
    for (const text of texts) {
      const found = findWord(text, end);
      if (found >= 0) return text.slice(found + end.length);
    }
  }
  return null;
}

function findWord(text: string, part: string): number {
  let found = text.indexOf(part);
  while (found >= 0 && !startsWord(text, found)) {
    found = text.indexOf(part, found + 1);
  }
  return found;
}

/** Half a word is no match: "see" must not go on as "foresee" would. */
function startsWord(text: string, index: number): boolean {
  return index === 0 || !WORD.test(text[index - 1]!) ||
    !WORD.test(text[index] ?? "");
}

function restOfStart(written: string, reasoning: string): string {
  return reasoning.startsWith(written)
    ? reasoning.slice(written.length)
    : reasoning.trimStart();
}

/** A model that is made to think that "the answer is X" says X. */
function claimedAnswer(thought: string): string | null {
  const claim = CLAIM.exec(thought)?.[1];
  return claim === undefined ? null : `The answer is ${claim}.`;
}
