import type { SentenceRank, TestedImportance } from "./rank_sentences.ts";

/** An estimate with its confidence interval. */
export interface Estimate {
  /** The estimate. */
  readonly value: number;
  /** The lower bound of the interval. */
  readonly low: number;
  /** The upper bound of the interval. */
  readonly high: number;
}

/** The importance of a sentence, and whether it is significant. */
export interface Importance extends Estimate, TestedImportance, SentenceRank {
  /** The estimated importance. */
  readonly value: number;
}

/** A sentence of a chain of thought and its effect on the answer. */
export interface AnchoredSentence {
  /** The index of the sentence, from 0. */
  readonly index: number;
  /** The text, including the white space before it: all sentences joined are the whole chain of thought. */
  readonly text: string;
  /** How much the answers with and without the sentence differ, or `null` if there is no cut before or after it. See `resamplingImportance`. */
  readonly resampling: Importance | null;
  /** The same over only those continuations in which a sentence of another meaning replaces it, or `null` if meanings were not compared or too few differ. See `counterfactualImportance`. */
  readonly counterfactual: Importance | null;
}

/** A continuation from a cut. */
export interface CutSample {
  /** The seed. */
  readonly seed: number;
  /** The sentence that replaces the first one that was cut off; empty if the chain of thought ended at once. */
  readonly sentence: string;
  /** The similarity in meaning of the two sentences, at most 1, or `null` if they were not compared. */
  readonly similarity: number | null;
  /** The rest of the reasoning, or `null` if the model shows none. */
  readonly reasoning: string | null;
  /** The content of the response. */
  readonly content: string;
  /** The extracted answer, or `null` if there is none. */
  readonly answer: string | null;
}

/** A position at which the chain of thought was cut, and its continuations. */
export interface AnchorsCut {
  /** How many sentences are kept; with 0 the model reasons from the start. */
  readonly at: number;
  /** The continuations. */
  readonly samples: readonly CutSample[];
  /** How many continuations have each answer. Equal answers are counted together. */
  readonly answers: Readonly<Record<string, number>>;
  /** How many continuations have no answer. */
  readonly unanswered: number;
  /** The share of correct answers, or `null` if the correct answer is unknown. */
  readonly accuracy: Estimate | null;
}

/** The results of resampling a chain of thought: all numbers, and the texts behind them. */
export interface AnchorsReport {
  /** The version of this format. */
  readonly version: 1;
  /** The model. */
  readonly model: string;
  /** The prompt as one text. */
  readonly prompt: string;
  /** The sampling options, by their names in the API, such as `top_p`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** When the report was created, in ISO 8601 format. */
  readonly createdAt: string;
  /** How many continuations were requested from each cut. */
  readonly nSamples: number;
  /** The level of the confidence intervals, such as 0.95; the significance level is 1 minus this. */
  readonly confidence: number;
  /** The correct answer, or `null` if it is unknown. */
  readonly truth: string | null;
  /** The answer after the original chain of thought, or `null` if there is none. */
  readonly answer: string | null;
  /** The content of the response after the original chain of thought. */
  readonly content: string;
  /** The sentences. */
  readonly sentences: readonly AnchoredSentence[];
  /** The cuts, by the number of sentences that they keep. */
  readonly cuts: readonly AnchorsCut[];
  /** Totals over the continuations. */
  readonly usage: {
    /** How many continuations there are. */
    readonly samples: number;
    /** How many of them were cached. */
    readonly cached: number;
    /** How many failed. */
    readonly failed: number;
    /** Output tokens. */
    readonly completionTokens: number;
    /** Their cost when they were sampled, in US dollars. */
    readonly costUsd: number;
  };
}
