import {
  type AnswerDistribution,
  answerDistribution,
} from "./answer_distribution.ts";

/** A continuation in which another sentence stands in place of the one that was cut off. */
export interface Replacement {
  /** Its answer; null where there is none. */
  readonly answer: string | null;
  /** How alike in meaning the two sentences are, up to 1: see `cosineSimilarity`. Null where it is not known. */
  readonly similarity: number | null;
}

/** The two sides that counterfactual importance compares. */
export interface CounterfactualAnswers {
  /** The answers with a sentence of another meaning in its place. */
  readonly different: AnswerDistribution;
  /** Those with the sentence, or with one that means the same. */
  readonly others: AnswerDistribution;
}

/**
 * Tells apart the answers with a sentence and with one of another meaning in its place, as
 * `counterfactualImportance` says.
 *
 * @returns Null where fewer than `minDifferent` with an answer differ, or the other side has no answer at all.
 * @throws {RangeError} Where the threshold is not a number, or minDifferent is not an integer of 1 or more.
 */
export function counterfactualAnswers(
  without: readonly Replacement[],
  withIt: readonly (string | null)[],
  { threshold = 0.8, minDifferent = 5 }: {
    readonly threshold?: number | undefined;
    readonly minDifferent?: number | undefined;
  } = {},
): CounterfactualAnswers | null {
  if (Number.isNaN(threshold)) {
    throw new RangeError("threshold must be a number, got NaN");
  }
  if (!Number.isInteger(minDifferent) || minDifferent < 1) {
    throw new RangeError(
      `minDifferent must be an integer of 1 or more, got ${minDifferent}`,
    );
  }
  const answers: (string | null)[] = [];
  const similar: (string | null)[] = [];
  for (const { answer, similarity } of without) {
    if (similarity === null) continue;
    (similarity < threshold ? answers : similar).push(answer);
  }
  const different = answerDistribution(answers);
  const others = answerDistribution([...withIt, ...similar]);
  return different.answered < minDifferent || others.answered === 0
    ? null
    : { different, others };
}
