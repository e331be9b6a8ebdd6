import { splitSentences } from "../../src/resampling/split_sentences.ts";
import { PLANTED_SENTENCES } from "../../src/testing/planted_sentences.ts";
import { plantedAnswerShares } from "../../src/testing/planted_thought.ts";

type Shares = ReadonlyMap<string, number>;

/** The true effect of each sentence of a planted chain of thought on the answer, in nats. */
export interface PlantedImportances {
  /** The divergence of the answers without the sentence from those with it. */
  readonly resampling: readonly number[];
  /** The same, but for the answers with each other wording instead of the sentence. */
  readonly counterfactual: readonly number[];
}

/** Computes the importances of a planted chain of thought from its probabilities, without samples. */
export function plantedImportances(thought: string): PlantedImportances {
  const sentences = splitSentences(thought);
  const kept = (count: number) => sentences.slice(0, count).join("");
  const shares = [...sentences, ""].map((_, at) =>
    plantedAnswerShares(kept(at))
  );
  return {
    resampling: sentences.map((_, at) =>
      divergence(shares[at]!, shares[at + 1]!)
    ),
    counterfactual: sentences.map((sentence, at) => {
      const others = PLANTED_SENTENCES[at]!.wordings
        .filter((wording) => wording !== sentence.trim())
        .map((wording) => plantedAnswerShares(`${kept(at)} ${wording}`));
      return divergence(mean(others), shares[at + 1]!);
    }),
  };
}

function divergence(p: Shares, q: Shares): number {
  let sum = 0;
  for (const [answer, share] of p) {
    sum += share * Math.log(share / q.get(answer)!);
  }
  // A sentence without effect has only rounding errors.
  return sum < 1e-9 ? 0 : sum;
}

function mean(all: readonly Shares[]): Shares {
  const sum = new Map<string, number>();
  for (const shares of all) {
    for (const [answer, share] of shares) {
      sum.set(answer, (sum.get(answer) ?? 0) + share / all.length);
    }
  }
  return sum;
}
