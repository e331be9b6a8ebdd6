import { brokenWord } from "./broken_word.ts";
import type { Random } from "./random.ts";
import { inventSentence, type MockThought } from "./invent_text.ts";
import { type MockClaim, readClaim } from "./read_claim.ts";

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
 *
 * A prefill that claims something unlikely ({@linkcode readClaim}) is believed, so that whoever
 * looks for the claim can tell that the model went on with the prefill.
 */
export function continuePrefill(
  parts: PrefillParts,
  plan: MockThought,
  random: Random,
): Continuation {
  const rest = brokenWord(
    `${parts.thought ?? ""} ${parts.answer ?? ""}`.trimEnd(),
  );
  if (rest === null || /\s$/.test(parts.answer ?? parts.thought ?? "")) {
    return continueWhole(parts, plan, random);
  }
  // The word comes to its end first, and then all goes on from there.
  const isOpen = parts.answer === null;
  const whole = isOpen
    ? { ...parts, thought: parts.thought + rest }
    : { ...parts, answer: parts.answer + rest };
  const { reasoning, answer } = continueWhole(whole, plan, random);
  return isOpen
    ? { reasoning: `${rest}${reasoning}`, answer }
    : { reasoning, answer: `${rest}${answer}` };
}

function continueWhole(
  parts: PrefillParts,
  plan: MockThought,
  random: Random,
): Continuation {
  const { thought, answer: written } = parts;
  const claim = readClaim(thought ?? "") ?? readClaim(written ?? "");
  // What the model means to say anyway is no claim: "the answer is 5" may be on its way to 50.
  const news = claim === null || plan.answer.includes(claim.word)
    ? null
    : claim;
  const context = { plan, claim: news, random };
  return written === null ? continueThought(thought ?? "", context) : {
    reasoning: null,
    answer: continueAnswer(written.trimStart(), context),
  };
}

const OPEN = "<think>";
const CLOSE = "</think>";

const WORD = /[\p{L}\p{N}]/u;

interface ContinueContext {
  readonly plan: MockThought;
  readonly claim: MockClaim | null;
  readonly random: Random;
}

function continueThought(
  thought: string,
  { plan, claim, random }: ContinueContext,
): Continuation {
  const sentence = inventSentence("it", random);
  switch (claim?.place) {
    case "answer": {
      const end = `So the answer is ${claim.word}. ${sentence}\n`;
      // Whoever has just said the word says it again; whoever was about to, goes on with it.
      const rest = endsWith(thought, claim.word)
        ? null
        : restBehind(thought, [end]);
      return {
        reasoning: rest ?? `${fullStop(thought)} ${end}`,
        answer: claimedAnswer(claim, plan.answer),
      };
    }
    case "next": {
      const start = beginSentence(claim.word, thought);
      return {
        reasoning: `${start} ${sentence}${plan.reasoning}`,
        answer: plan.answer,
      };
    }
    default: {
      const rest = thought.trim() === ""
        ? restOfStart(thought, plan.reasoning)
        : restBehind(thought, [plan.reasoning, ...plan.variants]);
      return {
        reasoning: rest ?? ` ${sentence}${plan.reasoning}`,
        answer: claimedAnswer(claim, plan.answer),
      };
    }
  }
}

function continueAnswer(
  written: string,
  { plan, claim, random }: ContinueContext,
): string {
  const answer = claimedAnswer(claim, plan.answer);
  if (written === "") return answer;
  const sentence = inventSentence("it", random);
  return restBehind(written, [answer]) ??
    (claim?.place === "next"
      ? `${beginSentence(claim.word, written)} ${sentence}`
      : claimedAnswer(claim, ` ${sentence}`));
}

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

/** The answer of a model that believes a claim. */
function claimedAnswer(claim: MockClaim | null, answer: string): string {
  switch (claim?.place) {
    case undefined:
      return answer;
    case "answer":
      return `The answer is ${claim.word}.`;
    case "end":
      return `${answer} And the word is ${claim.word}.`;
    case "next":
      return `${capitalize(claim.word)}: ${answer}`;
  }
}

/** The beginning of a sentence with a word, behind a text. */
function beginSentence(word: string, before: string): string {
  return `${fullStop(before)} ${capitalize(word)}:`;
}

/** What ends the sentence that a text may have left open. */
function fullStop(text: string): string {
  return /[.!?]["'”*]*\s*$/.test(text) ? "" : ".";
}

function endsWith(text: string, word: string): boolean {
  return text.replace(/[^\p{L}\p{N}]+$/u, "").endsWith(word);
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
