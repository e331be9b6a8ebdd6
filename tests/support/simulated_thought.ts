import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** The probability of each answer. The sum is 1. */
export type AnswerShares = Readonly<Record<string, number>>;

/** A sentence, and what the model does when the text is cut before it. */
export interface SimulatedSentence {
  /** The sentence. */
  readonly text: string;
  /** The probability that the model says the same, possibly in other words. */
  readonly sameAgain: number;
  /** The answers if it says something else, or null if that makes no difference. */
  readonly otherwise: AnswerShares | null;
}

/** A continuation from a cut. */
export interface SimulatedSample {
  /** The sentence that replaces the first one after the cut. */
  readonly sentence: string;
  /** Its similarity in meaning to that one, or null after the last sentence. */
  readonly similarity: number | null;
  /** The answer. */
  readonly answer: string;
}

/**
 * A model whose answer probabilities are known for each cut. With a sentence, they are those of the
 * next cut. Without it, they are the same with probability `sameAgain`, and `otherwise` if not.
 */
export class SimulatedThought {
  /** The sentences. */
  readonly sentences: readonly SimulatedSentence[];
  /** The true answer probabilities for each cut: before every sentence, and after the last. */
  readonly shares: readonly AnswerShares[];

  /** @param answers The answers after the last sentence. */
  constructor(sentences: readonly SimulatedSentence[], answers: AnswerShares) {
    this.sentences = sentences;
    const shares = [answers];
    for (const { sameAgain, otherwise } of sentences.toReversed()) {
      const [next] = shares as [AnswerShares];
      shares.unshift(mixed(next, otherwise ?? next, sameAgain));
    }
    this.shares = shares;
  }

  /**
   * Returns the true divergence of the answers without each sentence from those with it, in nats.
   */
  resamplingImportances(): number[] {
    return this.sentences.map((_, index) =>
      divergence(this.shares[index]!, this.shares[index + 1]!)
    );
  }

  /** The same, but only for continuations that say something else. */
  counterfactualImportances(): number[] {
    return this.sentences.map(({ otherwise }, index) => {
      const withIt = this.shares[index + 1]!;
      return divergence(otherwise ?? withIt, withIt);
    });
  }

  /** Draws continuations from the cut after `kept` sentences. */
  draw(kept: number, count: number, seed: number): SimulatedSample[] {
    const random = xoroshiro128plus(seed * 1000 + kept);
    const next = () => uniformFloat64(random);
    const sentence = this.sentences[kept];
    return Array.from({ length: count }, () => {
      if (sentence === undefined) {
        const answer = pick(this.shares[kept]!, next());
        return { sentence: "", similarity: null, answer };
      }
      const { text, sameAgain, otherwise } = sentence;
      const withIt = this.shares[kept + 1]!;
      return next() < sameAgain
        ? {
          sentence: `Again: ${text}`,
          similarity: 0.8 + 0.2 * next(),
          answer: pick(withIt, next()),
        }
        : {
          sentence: `Not: ${text}`,
          similarity: 0.79 * next(),
          answer: pick(otherwise ?? withIt, next()),
        };
    });
  }
}

function mixed(a: AnswerShares, b: AnswerShares, share: number): AnswerShares {
  return Object.fromEntries(
    Object.keys({ ...a, ...b }).map((answer) => [
      answer,
      share * (a[answer] ?? 0) + (1 - share) * (b[answer] ?? 0),
    ]),
  );
}

function divergence(p: AnswerShares, q: AnswerShares): number {
  return Object.entries(p).reduce(
    (sum, [answer, share]) =>
      share === 0 ? sum : sum + share * Math.log(share / q[answer]!),
    0,
  );
}

function pick(shares: AnswerShares, at: number): string {
  let rest = at;
  let last = "";
  for (const [answer, share] of Object.entries(shares)) {
    last = answer;
    if ((rest -= share) < 0) return answer;
  }
  return last;
}
