/** An estimate with its bootstrap confidence interval. */
export interface Estimate {
  /** The estimate. */
  readonly value: number;
  /** The lower end of the interval. */
  readonly low: number;
  /** The upper end of the interval. */
  readonly high: number;
}

/** How much a sentence does to the answer, and whether that can be told from chance. */
export interface Importance extends Estimate {
  /** How likely one as high is by chance alone: see `permutationPValue`. */
  readonly pValue: number;
  /** The same, adjusted for there being many sentences: see `adjustedPValues`. */
  readonly adjustedPValue: number;
  /** Whether it can be told from chance: the adjusted p-value is at most 1 − `confidence`. */
  readonly isSignificant: boolean;
  /** The rank, from 1 for the most important sentence. Those that cannot be told from chance share the last: see `rankSentences`. */
  readonly rank: number;
}

/** One sentence of a chain of thought, and what it does to the answer. */
export interface AnchoredSentence {
  /** Where it stands, from 0. */
  readonly index: number;
  /** Its text, with the white space in front of it: all sentences joined are the whole thought. */
  readonly text: string;
  /** How much the answers differ with it and without it; null where it stands at no cut. See `resamplingImportance`. */
  readonly resampling: Importance | null;
  /** The same, of continuations alone in which another sentence stands in its place; null where meanings were not compared, or too few differ. See `counterfactualImportance`. */
  readonly counterfactual: Importance | null;
}

/** A continuation from a cut. */
export interface CutSample {
  /** Its seed. */
  readonly seed: number;
  /** The sentence in place of the one that was cut off first; empty where the thought ended at once. */
  readonly sentence: string;
  /** How alike in meaning that is to the one that was cut off, up to 1; null where it was not compared. */
  readonly similarity: number | null;
  /** The rest of the reasoning; null where the model shows none. */
  readonly reasoning: string | null;
  /** What the model answered after it. */
  readonly content: string;
  /** The answer that was found in it; null where there is none. */
  readonly answer: string | null;
}

/** A place at which a chain of thought was cut, and what came of it. */
export interface AnchorsCut {
  /** How many sentences are kept: 0 has the model think anew. */
  readonly at: number;
  /** The continuations. */
  readonly samples: readonly CutSample[];
  /** How many of them have each answer. Equal answers count as one. */
  readonly answers: Readonly<Record<string, number>>;
  /** How many have no answer. */
  readonly unanswered: number;
  /** The share of right answers; null where the truth is not known. */
  readonly accuracy: Estimate | null;
}

/** What resampling a chain of thought has shown: all numbers, and the texts behind them. */
export interface AnchorsReport {
  /** The form of this report. */
  readonly version: 1;
  /** The model. */
  readonly model: string;
  /** The prompt, as one text. */
  readonly prompt: string;
  /** The options with which it was sampled. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** When, in the form of ISO 8601. */
  readonly createdAt: string;
  /** How many continuations each cut was to have. */
  readonly nSamples: number;
  /** The level of the confidence intervals, such as 0.95; 1 less this is that of significance. */
  readonly confidence: number;
  /** The right answer; null where it is not known. */
  readonly truth: string | null;
  /** The answer of the chain of thought itself; null where there is none. */
  readonly answer: string | null;
  /** What the model answered after the chain of thought. */
  readonly content: string;
  /** The sentences. */
  readonly sentences: readonly AnchoredSentence[];
  /** The cuts, by how many sentences they keep. */
  readonly cuts: readonly AnchorsCut[];
  /** What the continuations took. */
  readonly usage: {
    /** How many there are. */
    readonly samples: number;
    /** How many of them were in the cache. */
    readonly cached: number;
    /** How many failed. */
    readonly failed: number;
    /** Tokens that the model wrote. */
    readonly completionTokens: number;
    /** What they cost when they were sampled, in US dollars. */
    readonly costUsd: number;
  };
}
