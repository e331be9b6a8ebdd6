import { anchoredSentences } from "../../src/resampling/anchored_sentences.ts";
import type {
  AnchorsCut,
  AnchorsReport,
  CutSample,
} from "../../src/resampling/anchors_report.ts";
import { wilsonInterval } from "../../src/util/wilson_interval.ts";

/** The size of an example. */
export interface ExampleSize {
  /** The number of sentences. Those of the problem are repeated if it has fewer. */
  readonly sentences?: number;
  /** The number of samples at each cut. */
  readonly samples?: number;
  /** The approximate number of characters of reasoning per sample. */
  readonly reasoning?: number;
}

const SENTENCES = [
  "The number 66666₁₆ has five hexadecimal digits, each of them a 6.",
  " I am asked how many bits it has when it is written in base 2.",
  "\n\nOne way is to turn it into a decimal number first.",
  " Then I can see between which powers of two it lies.",
  " In decimal, 66666₁₆ is 6·16⁴ + 6·16³ + 6·16² + 6·16 + 6.",
  " That is 6·65536 = 393216, and 6·4096 = 24576.",
  " And 6·256 = 1536, 6·16 = 96, and then 6.",
  "\n\nBut maybe there is a quicker way than adding these up.",
  " Each hexadecimal digit stands for exactly four bits, so five digits make 5·4 = 20 bits.",
  " So the answer seems to be 20.",
  " Let me check that with the decimal number.",
  " The sum is 393216 + 24576 + 1536 + 96 + 6 = 419430.",
  " Now 2¹⁸ is 262144, and 2¹⁹ is 524288.",
  " So the number lies between 2¹⁸ and 2¹⁹.",
  "\n\nHmm, that does not look like 20 bits.",
  " Wait: a 6 is 0110 in binary, so the first digit begins with a zero, and leading zeros do not count.",
  " So of the four bits of the first digit only three remain.",
  " The other four digits keep their four bits each.",
  " That makes 3 + 4·4 = 19 bits.",
  " This agrees with the powers of two: a number from 2¹⁸ up to 2¹⁹ has 19 bits.",
  "\n\nTo be sure, I write it out: 110 0110 0110 0110 0110.",
  " Counting them: 3, 7, 11, 15, 19.",
  " Both ways lead to the same number.",
  " So 20 was wrong, because of the leading zero.",
  " The number has 19 bits.",
];

const ANSWERS = ["19", "20", "18", "17", "21", "24", "5"];

/**
 * The sentences at which the answers change, and the shares from there on; the last is for no
 * answer.
 */
const TURNS: readonly (readonly [number, readonly number[]])[] = [
  [0, [0.46, 0.36, 0.06, 0.03, 0.02, 0.02, 0.01, 0.04]],
  [9, [0.22, 0.69, 0.03, 0.01, 0.01, 0.01, 0.0, 0.03]],
  [16, [0.93, 0.02, 0.03, 0.0, 0.0, 0.0, 0.0, 0.02]],
];

/** Sentences that are not cut off. */
const UNCUT = [3, 20];

/**
 * Returns a report like one of real resampling: a chain of thought whose answers change at the
 * sentences 8 and 15. The result is deterministic.
 */
export function exampleAnchorsReport(
  { sentences = 25, samples = 100, reasoning = 400 }: ExampleSize = {},
): AnchorsReport {
  const random = randomNumbers(7);
  const cuts = Array.from({ length: sentences + 1 }, (_, at) => at)
    .filter((at) => !UNCUT.includes(at))
    .map((at) => exampleCut(at, samples, reasoning, random));
  const texts = Array.from({ length: sentences }, (_, at) => sentenceAt(at));
  const confidence = 0.95;
  const all = cuts.length * samples;
  return {
    version: 1,
    model: "qwen/qwen3-30b-a3b",
    prompt:
      "When the base-16 number 66666₁₆ is written in base 2, how many base-2 digits (bits) does it have?",
    parameters: { temperature: 0.6, top_p: 0.95, max_tokens: 4096 },
    createdAt: "2026-02-03T14:05:06.789Z",
    nSamples: samples,
    confidence,
    truth: "19",
    answer: "19",
    content: "The number has **19** bits.",
    sentences: anchoredSentences(texts, cuts, confidence).map((sentence) => ({
      ...sentence,
      counterfactual: sentence.index % 6 === 5 ? null : sentence.counterfactual,
    })),
    cuts,
    usage: {
      samples: all,
      cached: Math.floor(all / 10),
      failed: 0,
      completionTokens: all * 612,
      costUsd: all * 0.000_31,
    },
  };
}

function exampleCut(
  at: number,
  samples: number,
  reasoning: number,
  random: () => number,
): AnchorsCut {
  const [, shares] = TURNS.findLast(([from]) => from <= at)!;
  const drawn = Array.from({ length: samples }, (_, seed): CutSample => {
    const answer = ANSWERS[pick(shares, random())] ?? null;
    const sentence = sentenceAt(Math.floor(random() * SENTENCES.length)).trim();
    return {
      seed,
      sentence: at < SENTENCES.length ? sentence : "",
      similarity: at < SENTENCES.length ? 0.3 + 0.7 * random() : null,
      reasoning: reasoningText(at, reasoning),
      content: answer === null ? "" : `It has **${answer}** bits.`,
      answer,
    };
  });
  const answers: Record<string, number> = {};
  for (const { answer } of drawn) {
    if (answer !== null) answers[answer] = (answers[answer] ?? 0) + 1;
  }
  const unanswered = drawn.filter(({ answer }) => answer === null).length;
  const answered = samples - unanswered;
  const accuracy = answered === 0
    ? null
    : wilsonInterval(answers["19"] ?? 0, answered);
  return { at, samples: drawn, answers, unanswered, accuracy };
}

function sentenceAt(index: number): string {
  return SENTENCES[index % SENTENCES.length]!;
}

function reasoningText(at: number, length: number): string {
  let text = "";
  for (let index = at + 1; text.length < length; index++) {
    text += sentenceAt(index);
  }
  return text.trim();
}

function pick(shares: readonly number[], random: number): number {
  let sum = 0;
  const found = shares.findIndex((share) => random < (sum += share));
  return found < 0 ? shares.length - 1 : found;
}

/** Draws numbers from 0 to 1 with the generator mulberry32. */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
