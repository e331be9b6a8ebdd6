import type { RolloutsError } from "../errors.ts";
import { isContinuation, type PrefillOutcome } from "../prefill_outcome.ts";
import type { Response } from "../response.ts";
import { isPrefillRefusal } from "./is_prefill_refusal.ts";
import words from "./probe_words.json" with { type: "json" };

/** A prompt whose prefill ends in the middle of a word or number. */
export interface ProbePrompt {
  readonly prompt: string;
  readonly word: string;
  /** The end of the word, with which a continuation starts. */
  readonly rest: string;
  /** Whether the prefill is reasoning, and not content after completed reasoning. */
  readonly isReasoning: boolean;
}

const QUESTION = "Make up a word, and answer with it alone.";

/**
 * Returns the prompts for a seed: a reasoning prefill and a content prefill. The words are invented: only
 * a model that read one in the prefill can complete it. The reasoning contains the word twice, so that a
 * model that reads it can complete the third occurrence.
 */
export function probePrompts(
  seed: number,
): readonly [ProbePrompt, ProbePrompt] {
  const word = words[seed % words.length]!;
  const at = Math.ceil(word.length * 0.6);
  const [part, rest] = [word.slice(0, at), word.slice(at)];
  const reasoning = `I may make up any word. I take ${word}, yes, ${word}.`;
  const start = `${QUESTION}\n<think>\n${reasoning}`;
  return [
    {
      prompt: `${start} So the answer is ${part}`,
      word,
      rest,
      isReasoning: true,
    },
    {
      prompt: `${start}\n</think>\n\nThe answer is ${part}`,
      word,
      rest,
      isReasoning: false,
    },
  ];
}

/** Products whose second digit begins neither the answer nor the sum: a model that starts over does not. */
const PRODUCTS = [
  [3, 4],
  [6, 3],
  [7, 8],
  [9, 6],
  [8, 4],
  [4, 9],
  [6, 8],
  [3, 9],
  [7, 6],
  [9, 3],
] as const;

/**
 * Same as {@linkcode probePrompts} for models that are too weak to complete an invented word. They have to
 * copy the second digit of a product, which a model that starts over does not begin with.
 */
export function digitPrompts(
  seed: number,
): readonly [ProbePrompt, ProbePrompt] {
  const [a, b] = PRODUCTS[seed % PRODUCTS.length]!;
  const word = String(a * b);
  const [part, rest] = [word.slice(0, 1), word.slice(1)];
  const start = `What is ${a}*${b}?\n<think>\n${a}*${b} = ${word}.`;
  return [
    {
      prompt: `${start} Yes, ${a}*${b} = ${part}`,
      word,
      rest,
      isReasoning: true,
    },
    {
      prompt: `${start} Done.\n</think>\n\nThe answer is \\boxed{${part}`,
      word,
      rest,
      isReasoning: false,
    },
  ];
}

/**
 * Classifies the result of a probe. A continuation starts with the rest of the word. An answer that
 * contains the word but no reasoning is `unknown`: the model may have continued hidden reasoning.
 * Returns `null` if the request failed for a reason other than the prefill.
 */
export function classifyProbe(
  result: Response | RolloutsError,
  { word, rest, isReasoning }: ProbePrompt,
): PrefillOutcome | null {
  if (result instanceof Error) {
    return isPrefillRefusal(result, { isProbe: true }) ? "refused" : null;
  }
  const { reasoning, content, prefill } = result;
  const text = (isReasoning ? reasoning : content) ?? "";
  if (text.trimStart().toLowerCase().startsWith(rest)) {
    return prefill !== null && isContinuation(prefill) ? prefill : "continued";
  }
  const isHidden = isReasoning && !reasoning &&
    content.toLowerCase().includes(word);
  return isHidden ? "unknown" : "restarted";
}
