import { pick, type Random } from "./random.ts";
import { PLANTED_ANSWERS, PLANTED_SENTENCES } from "./planted_sentences.ts";

/** What a model with a planted chain of thought writes. */
export interface PlantedText {
  /** The rest of the thought. */
  readonly reasoning: string;
  /** The answer. */
  readonly content: string;
}

/** How often the answer is any of them, whatever was thought: nothing that a model rules out never comes. */
const SLIP = 0.04;

/**
 * Goes on with the planted chain of thought behind what was written of it. A sentence that is left
 * has each of its wordings with the same chance, and the answer is one that no wording has ruled out, but for a slip.
 * Whatever else was written is passed over.
 */
export function continuePlanted(written: string, random: Random): PlantedText {
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
 * The share of each answer among all continuations of a planted chain of thought. It is exact: the sum
 * over all wordings of the sentences that are left.
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

/** A sentence, as it was worded. */
interface WordedSentence {
  readonly index: number;
  readonly wording: string;
}

interface ReadThought {
  /** The sentences that were written. */
  readonly worded: readonly WordedSentence[];
  /** The first sentence that is not written as a whole. */
  readonly next: number;
  /** What stands of that one; empty where nothing does. */
  readonly begun: string;
}

function readPlanted(written: string): ReadThought {
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

/** The wordings of a sentence that go on from its beginning. */
function wordingsOf(index: number, begun: string): readonly string[] {
  return PLANTED_SENTENCES[index]!.wordings
    .filter((wording) => wording.startsWith(begun));
}

/** The answers that are left when a sentence is worded so. */
function without(
  left: readonly string[],
  { index, wording }: WordedSentence,
): readonly string[] {
  const { wordings, isDecisive } = PLANTED_SENTENCES[index]!;
  // Of a thought with other sentences in between, too few may be left to part them.
  if (!isDecisive || left.length < wordings.length) return left;
  const part = wordings.indexOf(wording);
  const from = Math.round(part * left.length / wordings.length);
  const to = Math.round((part + 1) * left.length / wordings.length);
  return [...left.slice(0, from), ...left.slice(to)];
}
