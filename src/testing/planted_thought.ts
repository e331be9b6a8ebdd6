import type { PlannedText } from "./invent_text.ts";
import { pick, type Random } from "./random.ts";
import { PLANTED_ANSWERS, PLANTED_SENTENCES } from "./planted_sentences.ts";

/** The probability that the answer is drawn from all answers, even those that were ruled out. */
const SLIP = 0.04;

/**
 * Continues the planted chain of thought. Each remaining sentence gets one of its wordings, all
 * equally likely. Apart from slips, the answer is one that no wording has ruled out. Other sentences
 * in `written` have no effect.
 *
 * @param written The chain of thought so far; "" for none.
 */
export function continuePlanted(written: string, random: Random): PlannedText {
  const { worded, next, begun } = readPlanted(written);
  let left = worded.reduce(without, PLANTED_ANSWERS);
  let reasoning = "";
  for (const index of PLANTED_SENTENCES.keys()) {
    if (index < next) continue;
    const isBegun = index === next && begun !== "";
    const wording = pick(random, wordingsOf(index, isBegun ? begun : ""));
    left = without(left, { index, wording });
    const gap = isBegun || /(?:^|\s)$/.test(written + reasoning) ? "" : " ";
    reasoning += gap + (isBegun ? wording.slice(begun.length) : wording);
  }
  const answer = pick(random, random() < SLIP ? PLANTED_ANSWERS : left);
  return { reasoning, content: `The answer is \\boxed{${answer}}.` };
}

/**
 * Returns the probability of each answer after a part of the planted chain of thought. The result
 * is exact: it sums over all wordings of the remaining sentences.
 *
 * @param written The chain of thought so far; "" for none.
 */
export function plantedAnswerShares(
  written: string,
): ReadonlyMap<string, number> {
  const { worded, next, begun } = readPlanted(written);
  let thoughts = [worded.reduce(without, PLANTED_ANSWERS)];
  for (const [index, { isDecisive }] of PLANTED_SENTENCES.entries()) {
    if (index < next || !isDecisive) continue;
    const wordings = wordingsOf(index, index === next ? begun : "");
    thoughts = thoughts.flatMap((left) =>
      wordings.map((wording) => without(left, { index, wording }))
    );
  }
  const shares = new Map<string, number>();
  for (const answer of PLANTED_ANSWERS) {
    shares.set(answer, SLIP / PLANTED_ANSWERS.length);
  }
  for (const left of thoughts) {
    for (const answer of left) {
      const share = (1 - SLIP) / thoughts.length / left.length;
      shares.set(answer, shares.get(answer)! + share);
    }
  }
  return shares;
}

/** A sentence in one of its wordings. */
interface WordedSentence {
  readonly index: number;
  readonly wording: string;
}

interface PlantedParts {
  readonly worded: readonly WordedSentence[];
  /** The index of the first sentence that is not complete. */
  readonly next: number;
  /** The beginning of that sentence, or "". */
  readonly begun: string;
}

function readPlanted(written: string): PlantedParts {
  const worded: WordedSentence[] = [];
  let at = 0;
  for (const [index, { wordings }] of PLANTED_SENTENCES.entries()) {
    for (const wording of wordings) {
      const found = written.indexOf(wording, at);
      if (found < 0) continue;
      worded.push({ index, wording });
      at = found + wording.length;
      break;
    }
  }
  const next = (worded.at(-1)?.index ?? -1) + 1;
  const rest = written.slice(at).trimStart();
  const isBegun = rest !== "" && next < PLANTED_SENTENCES.length &&
    wordingsOf(next, rest).length > 0;
  return { worded, next, begun: isBegun ? rest : "" };
}

/** The wordings of a sentence that begin with `begun`. */
function wordingsOf(index: number, begun: string): readonly string[] {
  return PLANTED_SENTENCES[index]!.wordings
    .filter((wording) => wording.startsWith(begun));
}

/** The answers that remain after a sentence in one of its wordings. */
function without(
  left: readonly string[],
  { index, wording }: WordedSentence,
): readonly string[] {
  const { wordings, isDecisive } = PLANTED_SENTENCES[index]!;
  // If the chain of thought skips sentences, too few answers may remain to divide them.
  if (!isDecisive || left.length < wordings.length) return left;
  const part = wordings.indexOf(wording);
  const from = Math.round(part * left.length / wordings.length);
  const to = Math.round((part + 1) * left.length / wordings.length);
  return [...left.slice(0, from), ...left.slice(to)];
}
