import type {
  AnchoredSentence,
  CutSample,
  Estimate,
  Importance,
} from "./anchors_report.ts";
import {
  type AnswerDistribution,
  answerDistribution,
} from "./answer_distribution.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import { counterfactualAnswers } from "./counterfactual_answers.ts";
import { counterfactualImportance } from "./counterfactual_importance.ts";
import { permutationPValue } from "./permutation_p_value.ts";
import { rankSentences } from "./rank_sentences.ts";
import { resamplingImportance } from "./resampling_importance.ts";

/** A cut whose continuations were read. */
export interface FoundCut {
  /** How many sentences are kept. */
  readonly at: number;
  /** The continuations. */
  readonly samples: readonly CutSample[];
}

/** An importance that is not ranked yet. */
interface Tested extends Estimate {
  readonly pValue: number;
}

/** How often samples are dealt anew, and where chance begins. */
interface Chance {
  readonly confidence: number;
  readonly permutations: number;
  readonly seed: number;
}

/**
 * What each sentence does to the answer: of the cuts before it and behind it, by either measure, with an interval,
 * a p-value, and the rank among all.
 */
export function anchoredSentences(
  sentences: readonly string[],
  cuts: readonly FoundCut[],
  confidence: number,
): AnchoredSentence[] {
  // With fewer, no single sentence of many could be told from chance, whatever it did; more take minutes.
  const permutations = Math.min(
    99_999,
    Math.max(9_999, Math.ceil(2 * cuts.length / (1 - confidence))),
  );
  const tested = sentences.map((_, seed) => {
    const i = cuts.findIndex(({ at }) => at === seed);
    const [without, withIt] = [cuts[i], cuts[i + 1]];
    if (without === undefined || withIt === undefined) {
      return { resampling: null, counterfactual: null };
    }
    const chance = { confidence, permutations, seed };
    const answers = answersOf(withIt);
    return {
      resampling: resampling(answersOf(without), answers, chance),
      counterfactual: counterfactual(without.samples, answers, chance),
    };
  });
  const byResampling = ranked(tested.map(({ resampling }) => resampling));
  const byCounterfactual = ranked(
    tested.map(({ counterfactual }) => counterfactual),
  );
  return sentences.map((text, index) => ({
    index,
    text,
    resampling: byResampling[index]!,
    counterfactual: byCounterfactual[index]!,
  }));

  function ranked(importances: readonly (Tested | null)[]) {
    const ranks = rankSentences(importances, { confidence });
    return importances.map((importance, i): Importance | null =>
      importance === null ? null : { ...importance, ...ranks[i]! }
    );
  }
}

/** The answers of a cut's continuations, in their order. */
export function answersOf({ samples }: FoundCut): (string | null)[] {
  return samples.map(({ answer }) => answer);
}

function resampling(
  without: readonly (string | null)[],
  withIt: readonly (string | null)[],
  chance: Chance,
): Tested | null {
  const estimate = bootstrapInterval(
    [without, withIt],
    ([p = [], q = []]) => resamplingImportance(p, q),
    chance,
  );
  return estimate === null ? null : tested(
    estimate,
    answerDistribution(without),
    answerDistribution(withIt),
    chance,
  );
}

/** Both groups as one kind of sample, so that each is drawn by itself. */
function counterfactual(
  without: readonly CutSample[],
  answers: readonly (string | null)[],
  chance: Chance,
): Tested | null {
  const sides = counterfactualAnswers(without, answers);
  if (sides === null) return null;
  const withIt = answers.map((answer) => ({ answer, similarity: null }));
  const estimate = bootstrapInterval(
    [without.map(({ answer, similarity }) => ({ answer, similarity })), withIt],
    ([p = [], q = []]) =>
      counterfactualImportance(p, q.map(({ answer }) => answer)),
    chance,
  );
  return estimate === null
    ? null
    : tested(estimate, sides.different, sides.others, chance);
}

function tested(
  estimate: Estimate,
  { counts: p }: AnswerDistribution,
  { counts: q }: AnswerDistribution,
  chance: Chance,
): Tested {
  return { ...estimate, pValue: permutationPValue(p, q, chance) };
}
