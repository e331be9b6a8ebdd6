import { CLOSE_TAG, OPEN_TAG } from "../think_tags.ts";
import {
  type AssistantText,
  inventSentence,
  type PlannedText,
} from "./invent_text.ts";
import type { Random } from "./random.ts";
import { type Claim, readClaim } from "./read_claim.ts";

/** The text after a prefill. Its reasoning is `null` if the prefill completed the reasoning. */
export interface Continuation extends AssistantText {
  readonly content: string;
}

/** Splits a prefill into its reasoning and its content, which is null while the reasoning is open. */
export function splitPrefill(prefill: string): AssistantText {
  const close = prefill.lastIndexOf(CLOSE_TAG);
  const open = prefill.indexOf(OPEN_TAG);
  if (open < 0 && close < 0) return { reasoning: null, content: prefill };
  const start = open < 0 ? 0 : open + OPEN_TAG.length;
  return close < start ? { reasoning: prefill.slice(start), content: null } : {
    reasoning: prefill.slice(start, close),
    content: prefill.slice(close + CLOSE_TAG.length),
  };
}

/**
 * Continues a prefill where it stops, without repeating it. If the prefill has a part of the
 * planned text, the rest of that follows; otherwise a new sentence leads to the planned text.
 *
 * If the prefill claims something unlikely ({@linkcode readClaim}), the model adopts the claim, so
 * that a caller can recognize from it that the prefill was continued.
 */
export function continuePrefill(
  prefill: AssistantText,
  plan: PlannedText,
  random: Random,
): Continuation {
  const { reasoning, content } = prefill;
  const rest = restOfWord(`${reasoning ?? ""} ${content ?? ""}`.trimEnd());
  if (rest === null || /\s$/.test(content ?? reasoning ?? "")) {
    return continueWords(prefill, plan, random);
  }
  // The word is completed first, and everything else continues from there.
  if (content !== null) {
    const whole = { reasoning, content: content + rest };
    const next = continueWords(whole, plan, random);
    return { ...next, content: rest + next.content };
  }
  const whole = { reasoning: reasoning + rest, content };
  const next = continueWords(whole, plan, random);
  return { ...next, reasoning: `${rest}${next.reasoning}` };
}

const WORD = /[\p{L}\p{N}]/u;

interface ContinueContext {
  readonly plan: PlannedText;
  readonly claim: Claim | null;
  readonly random: Random;
}

/**
 * Returns the rest of the word in which a text stops, if the text has that word at least twice
 * before. A model that reads the text writes it next.
 */
function restOfWord(text: string): string | null {
  const part = /[\p{L}]{4,}$/u.exec(text)?.[0];
  if (part === undefined) return null;
  const words: string[] = text.slice(0, -part.length).match(/\p{L}+/gu) ?? [];
  // If it is a word elsewhere, it may be complete here, too.
  if (words.includes(part)) return null;
  const longer = words.filter((word) => word.startsWith(part));
  const [word] = longer;
  return longer.length >= 2 && longer.every((other) => other === word)
    ? word!.slice(part.length)
    : null;
}

function continueWords(
  { reasoning, content }: AssistantText,
  plan: PlannedText,
  random: Random,
): Continuation {
  const found = readClaim(reasoning ?? "") ?? readClaim(content ?? "");
  // A planned answer is not a claim: "the answer is 5" may be on its way to 50.
  const claim = found !== null && plan.content.includes(found.word)
    ? null
    : found;
  const context = { plan, claim, random };
  return content === null ? continueReasoning(reasoning ?? "", context) : {
    reasoning: null,
    content: continueAnswer(content.trimStart(), context),
  };
}

function continueReasoning(
  written: string,
  { plan, claim, random }: ContinueContext,
): Continuation {
  const sentence = inventSentence("it", random);
  switch (claim?.place) {
    case "answer": {
      const end = `So the answer is ${claim.word}. ${sentence}\n`;
      // After the word it is said again; before the word, it is said now.
      const isSaid = written.replace(/[^\p{L}\p{N}]+$/u, "").endsWith(
        claim.word,
      );
      const rest = isSaid ? null : restAfter(written, [end]);
      return {
        reasoning: rest ?? `${fullStop(written)} ${end}`,
        content: claimedAnswer(claim, plan.content),
      };
    }
    case "next": {
      const start = beginSentence(claim.word, written);
      return {
        reasoning: `${start} ${sentence}${plan.reasoning}`,
        content: plan.content,
      };
    }
    default: {
      const rest = written.trim() === ""
        ? restOfStart(written, plan.reasoning)
        : restAfter(written, [plan.reasoning, ...plan.variants ?? []]);
      return {
        reasoning: rest ?? ` ${sentence}${plan.reasoning}`,
        content: claimedAnswer(claim, plan.content),
      };
    }
  }
}

function continueAnswer(
  written: string,
  { plan, claim, random }: ContinueContext,
): string {
  const answer = claimedAnswer(claim, plan.content);
  if (written === "") return answer;
  const sentence = inventSentence("it", random);
  return restAfter(written, [answer]) ??
    (claim?.place === "next"
      ? `${beginSentence(claim.word, written)} ${sentence}`
      : claimedAnswer(claim, ` ${sentence}`));
}

/** Finds the text that has the longest end of `written`, and returns what follows in it, or null. */
function restAfter(written: string, texts: readonly string[]): string | null {
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

/** Matches begin where words begin: "see" must not match in "foresee". */
function startsWord(text: string, index: number): boolean {
  return index === 0 || !WORD.test(text[index - 1]!) ||
    !WORD.test(text[index] ?? "");
}

function restOfStart(written: string, reasoning: string): string {
  return reasoning.startsWith(written)
    ? reasoning.slice(written.length)
    : reasoning.trimStart();
}

/** The answer of a model that adopts a claim. */
function claimedAnswer(claim: Claim | null, answer: string): string {
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

function beginSentence(word: string, before: string): string {
  return `${fullStop(before)} ${capitalize(word)}:`;
}

/** Returns the full stop that a text still needs, or "". */
function fullStop(text: string): string {
  return /[.!?]["'”*]*\s*$/.test(text) ? "" : ".";
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
