import type {
  AnchoredSentence,
  AnchorsCut,
  CutSample,
  Estimate,
  Importance,
} from "./anchors_report.ts";
import { answerDistribution } from "./answer_distribution.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import {
  counterfactualAnswers,
  counterfactualImportance,
  type Replacement,
} from "./counterfactual_importance.ts";
import { permutationPValue } from "./permutation_p_value.ts";
import { rankSentences, type TestedImportance } from "./rank_sentences.ts";
import { resamplingImportance } from "./resampling_importance.ts";

/** A cut whose answers have been extracted. */
export type ReadCut = Pick<AnchorsCut, "at" | "samples">;

type UnrankedImportance = Estimate & TestedImportance;

interface TestOptions {
  readonly confidence: number;
  readonly permutations: number;
  readonly seed: number;
}

/**
 * Computes both importances of each sentence from the cuts before and after it, with confidence
 * intervals, p-values and ranks.
 */
export function anchoredSentences(
  sentences: readonly string[],
  cuts: readonly ReadCut[],
  confidence: number,
): AnchoredSentence[] {
  // With fewer permutations no adjusted p-value could reach the level; more take minutes.
  const permutations = Math.min(
    99_999,
    Math.max(9_999, Math.ceil(2 * cuts.length / (1 - confidence))),
  );
  const tested = sentences.map((_, seed) => {
    const i = cuts.findIndex(({ at }) => at === seed);
    const [without, withSentence] = [cuts[i], cuts[i + 1]];
    if (without === undefined || withSentence === undefined) {
      return { resampling: null, counterfactual: null };
    }
    const options = { confidence, permutations, seed };
    const answers = answersOf(withSentence);
    return {
      resampling: resampling(answersOf(without), answers, options),
      counterfactual: counterfactual(without.samples, answers, options),
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

  function ranked(importances: readonly (UnrankedImportance | null)[]) {
    const ranks = rankSentences(importances, { confidence });
    return importances.map((importance, i): Importance | null =>
      importance === null ? null : { ...importance, ...ranks[i]! }
    );
  }
}

/** The answers of a cut's continuations, in their order. */
export function answersOf({ samples }: ReadCut): (string | null)[] {
  return samples.map(({ answer }) => answer);
}

function resampling(
  without: readonly (string | null)[],
  withSentence: readonly (string | null)[],
  options: TestOptions,
): UnrankedImportance | null {
  const estimate = bootstrapInterval(
    [without, withSentence],
    ([p = [], q = []]) => resamplingImportance(p, q),
    options,
  );
  if (estimate === null) return null;
  const { counts: p } = answerDistribution(without);
  const { counts: q } = answerDistribution(withSentence);
  return { ...estimate, pValue: permutationPValue(p, q, options) };
}

function counterfactual(
  without: readonly CutSample[],
  answers: readonly (string | null)[],
  options: TestOptions,
): UnrankedImportance | null {
  const groups = counterfactualAnswers(without, answers);
  if (groups === null) return null;
  // Both groups have the same type, so that the bootstrap resamples each of them separately.
  const replacements: readonly Replacement[] = without;
  const withSentence = answers.map((answer) => ({ answer, similarity: null }));
  const estimate = bootstrapInterval(
    [replacements, withSentence],
    ([p = [], q = []]) =>
      counterfactualImportance(p, q.map(({ answer }) => answer)),
    options,
  );
  if (estimate === null) return null;
  const { different: { counts: p }, others: { counts: q } } = groups;
  return { ...estimate, pValue: permutationPValue(p, q, options) };
}
