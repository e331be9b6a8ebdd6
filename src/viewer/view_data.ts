import type { Prompt, ToolCall } from "../prompt.ts";

/**
 * Where the viewer's pages get what they show: over HTTP from `rollouts view`, or from the exported page
 * itself. No answer holds the texts of more than one sample.
 */
export interface ViewSource {
  /** The sets that have changed since a generation: 0 for all of them. */
  sets(since: number): Promise<SetChanges>;
  /** The samples of a set, by seed, without their texts. */
  samples(set: string): Promise<SetSamples>;
  /** A sample, whole. */
  sample(set: string, name: string): Promise<SampleTexts>;
  /** The answers of a set's samples. */
  answers(set: string, rule: ViewAnswerRule): Promise<SetAnswers>;
  /** Where words stand in prompts and samples. */
  search(query: string, options: SearchOptions): Promise<SearchResults>;
}

/** The rules of answers that a page offers; `given` is the one of the command's `--answer`. */
export type ViewAnswerRule = "boxed" | "number" | "choice" | "given";

/** What has changed in a cache directory. */
export interface SetChanges {
  /** The title: the cache directory's path. */
  readonly cacheDir: string;
  /** The generation that these changes lead to; it grows with every change. */
  readonly generation: number;
  /** The sets that are new or other than they were. */
  readonly changed: readonly SampleSet[];
  /** Sets that are gone, by id. */
  readonly removed: readonly string[];
  /** How far the samples have been read; null where all are. */
  readonly reading: ReadingProgress | null;
  /** The rules by which answers can be asked for. */
  readonly answerRules: readonly ViewAnswerRule[];
  /** The set's share of what there is, where an exported page holds not all; else null. */
  readonly leftOut: string | null;
}

/** How far samples have been read. */
export interface ReadingProgress {
  /** Samples that have been read. */
  readonly done: number;
  /** Samples that there are. */
  readonly total: number;
}

/** The samples of one prompt by one model with the same parameters. */
export interface SampleSet {
  /** Its name in addresses: it stays the same as long as its directory does. */
  readonly id: string;
  /** The model that was asked for. */
  readonly model: string;
  /**
   * The prompt's beginning, 300 characters at the most: of messages, the texts of those that are not the
   * system's or the developer's, which say little of what is asked; of these where there are no others.
   */
  readonly promptStart: string;
  /** The length of the whole prompt, in UTF-16 code units. */
  readonly promptLength: number;
  /** The beginning of the thought that the model was given, as promptStart; null where there is none. */
  readonly prefillStart: string | null;
  /** What was sent beside model, messages and seed, by the API's names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Its directory below the cache's. */
  readonly path: string;
  /** What its samples add up to. */
  readonly summary: SetSummary;
}

/** What the samples of a set add up to. Those that cannot be used count in `unusable` alone. */
export interface SetSummary {
  /** Files that are there; more than the samples read while reading goes on. */
  readonly files: number;
  /** Samples that were read and can be used. */
  readonly samples: number;
  /** Files that cannot be read, or lie where another's belong. */
  readonly unusable: number;
  /** Tokens of the prompts. */
  readonly promptTokens: number;
  /** Tokens that the model wrote, reasoning included. */
  readonly completionTokens: number;
  /** Tokens of the reasoning, of the samples that tell them. */
  readonly reasoningTokens: number;
  /** What they cost, in US dollars, as far as the samples tell. */
  readonly costUsd: number;
  /** When the oldest answer was made, in Unix seconds; null where none tells. */
  readonly oldest: number | null;
  /** When the newest answer was made, in Unix seconds; null where none tells. */
  readonly newest: number | null;
  /** Samples by finish reason; `none` where there is none. */
  readonly finishReasons: Readonly<Record<string, number>>;
  /** Samples by what became of the beginning of a thought; empty where the prompt gave none. */
  readonly prefills: Readonly<Record<string, number>>;
  /** By provider; `unknown` where a sample does not tell. */
  readonly providers: Readonly<Record<string, ProviderSummary>>;
  /** By hour: keys such as `2026-02-03T14`, in UTC. */
  readonly hours: Readonly<Record<string, HourSummary>>;
  /** Lengths in tokens that the model wrote: samples by the lower end of a quarter of an octave, see `histogramBin`. */
  readonly lengths: Readonly<Record<string, number>>;
}

/** What a provider served. */
export interface ProviderSummary {
  /** Samples. */
  readonly samples: number;
  /** What they cost, in US dollars. */
  readonly costUsd: number;
  /** Tokens that were written. */
  readonly completionTokens: number;
  /** Latencies in milliseconds: samples by the lower end of a quarter of an octave. */
  readonly latencies: Readonly<Record<string, number>>;
}

/** What was sampled in an hour. */
export interface HourSummary {
  /** Samples. */
  readonly samples: number;
  /** What they cost, in US dollars. */
  readonly costUsd: number;
}

/** The samples of a set. */
export interface SetSamples {
  /** The whole prompt. */
  readonly prompt: Prompt;
  /** The beginning of the thought that the model was given, `<think>` included; null where there is none. */
  readonly prefill: string | null;
  /** The samples, by seed. */
  readonly samples: readonly SampleHead[];
}

/** A sample without its texts. */
export interface SampleHead {
  /** The name of its file. */
  readonly name: string;
  /** Its seed. */
  readonly seed: number;
  /** Why it cannot be used; null where it can. All else of such a one is 0, null or empty. */
  readonly problem: string | null;
  /** Why the model stopped; null where it is not known. */
  readonly finishReason: string | null;
  /** The provider that served it; null where it is not known. */
  readonly provider: string | null;
  /** The model as it was served. */
  readonly model: string;
  /** Tokens of the prompt. */
  readonly promptTokens: number;
  /** Tokens that the model wrote, reasoning included. */
  readonly completionTokens: number;
  /** Tokens of the reasoning; null where the provider does not say. */
  readonly reasoningTokens: number | null;
  /** What it cost, in US dollars; null where the provider does not say. */
  readonly costUsd: number | null;
  /** Time from the request to the last byte of the answer, in milliseconds; null where it is not known. */
  readonly latencyMs: number | null;
  /** When the answer was made, in Unix seconds; 0 where it is not known. */
  readonly created: number;
  /** How many requests it took; null where it is not known. */
  readonly attempts: number | null;
  /** What became of the beginning of a thought; null where none was given. */
  readonly prefill: string | null;
  /** Whether the reasoning came to its end; true where there is none. */
  readonly completedReasoning: boolean;
  /** The length of the reasoning, in UTF-16 code units; null where the model shows none. */
  readonly reasoningLength: number | null;
  /** The length of the content, in UTF-16 code units. */
  readonly contentLength: number;
  /** The content's beginning, 160 characters at the most. */
  readonly contentStart: string;
}

/** A sample, whole. */
export interface SampleTexts {
  /** The name of its file. */
  readonly name: string;
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** What it answered. */
  readonly content: string;
  /** The tools that it calls. */
  readonly toolCalls: readonly ToolCall[];
  /** The path of its file. */
  readonly path: string;
  /** The answer's id, by which OpenRouter knows the generation. */
  readonly responseId: string;
  /** The precision of the weights; null where it is not known. */
  readonly quantization: string | null;
  /** The provider's name for the configuration that served it; null where it gives none. */
  readonly systemFingerprint: string | null;
}

/** The answers of a set's samples. */
export interface SetAnswers {
  /** By the name of the sample's file: the answer, equal ones in one form; null where none is found. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** The right answer, in the form that equal ones have above; null where it is not known. */
  readonly truth: string | null;
}

/** How is searched. */
export interface SearchOptions {
  /** Only in this set; null for all. */
  readonly set: string | null;
  /** Hits at the most. */
  readonly limit: number;
}

/** Where words stand. */
export interface SearchResults {
  /** Samples in which they stand, and sets whose prompt has them. */
  readonly total: number;
  /** The first of them. */
  readonly hits: readonly SearchHit[];
  /** Samples by set, for all sets with any; a set whose prompt alone has the words has 0. */
  readonly sets: Readonly<Record<string, number>>;
  /** How far the samples had been read that were searched; null where all were. */
  readonly reading: ReadingProgress | null;
}

/** A sample or a prompt in which the words stand. */
export interface SearchHit {
  /** The set. */
  readonly set: string;
  /** The sample's file; null where the prompt is meant. */
  readonly name: string | null;
  /** The sample's seed; null where the prompt is meant. */
  readonly seed: number | null;
  /** Which text has them. */
  readonly field: "prompt" | "reasoning" | "content";
  /** What stands around the first of them, in one line. */
  readonly excerpt: string;
  /** Where words stand in the excerpt, in UTF-16 code units: beginnings and ends. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}
