import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import type { Progress } from "../progress.ts";
import type { Prompt } from "../prompt.ts";
import type { Response, Usage } from "../response.ts";
import type { SampledOptions } from "../sampling_options.ts";

/**
 * Provides the viewer's pages with data: over HTTP from `rollouts view`, or from the exported page
 * itself. No result contains the texts of more than one sample.
 */
export interface ViewSource {
  /** The sets that changed after a generation; all sets for generation 0. */
  sets(since: number): Promise<SetChanges>;
  /** The samples of a set, by seed, without their texts. */
  samples(set: string): Promise<SetSamples>;
  sample(
    set: string,
    name: string,
    options?: SampleOptions,
  ): Promise<SampleTexts>;
  /** The extracted answers of the samples of sets, by each rule. Equal answers have the same text in all sets. */
  answers(sets: readonly string[]): Promise<readonly AnswersByRule[]>;
  /** The prompts and samples that match a query. */
  search(query: string, options: SearchOptions): Promise<SearchResults>;
}

/** How answers are extracted; `given` is the pattern of the command's `--answer`. */
export type ViewAnswerRule = "boxed" | "number" | "choice" | "given";

/** The changes in a cache directory. */
export interface SetChanges {
  /** The paths of the cache directories, of which the first is written. In an export, only their names. */
  readonly cacheDirs: readonly string[];
  /** The generation after these changes; it increases with every change. */
  readonly generation: number;
  /** The sets that are new or changed. */
  readonly changed: readonly SampleSet[];
  /** The ids of the sets that were removed. */
  readonly removed: readonly string[];
  /** How many samples have been read, or `null` if all have. */
  readonly reading: ReadingProgress | null;
  /** The sampling in progress, or `null` if there is none. */
  readonly live: LiveState | null;
  /** The rules by which `answers()` extracts. */
  readonly answerRules: readonly ViewAnswerRule[];
  /** The rule of the command's `--answer`, or `null` if it was omitted. */
  readonly givenRule: ViewAnswerRule | null;
  /** Which part of the cache an exported page contains, or `null` if it contains all of it. */
  readonly leftOut: string | null;
}

/** The sampling in progress. */
export interface LiveState {
  /** The number of processes that request samples. */
  readonly processes: number;
  /** The number of requests in flight, or `null` if it cannot be read. */
  readonly inFlight: number | null;
  /** The samples of the last minute, or `null` while samples are being read. */
  readonly lastMinute: RecentTotals | null;
  /** The runs of `rollouts run`. */
  readonly runs: readonly LiveRun[];
}

/** The samples that were written in an interval of time. */
export interface RecentTotals {
  readonly samples: number;
  /** Their cost in US dollars. */
  readonly costUsd: number;
}

/** A run of `rollouts run`. */
export interface LiveRun
  extends Pick<Progress, "done" | "cached" | "failed" | "costUsd"> {
  /** The name of its file. */
  readonly id: string;
  /** The name of the file with its prompts, or `null` if it is stdin. */
  readonly dataSet: string | null;
  /** The model, or `null` if it is not known, or if there are several. */
  readonly model: string | null;
  /** The number of requested samples, or `null` if it is not known. */
  readonly total: number | null;
  /** The budget in US dollars, or `null` if there is none. */
  readonly maxCostUsd: number | null;
  /** The seconds until the end, from the speed so far, or `null` if that is unknown. */
  readonly secondsLeft: number | null;
}

/** How many samples have been read. */
export interface ReadingProgress {
  /** The number of samples read so far. */
  readonly done: number;
  /** The number of samples. */
  readonly total: number;
  /** The seconds until all have been read, or `null` as long as that cannot be estimated. */
  readonly secondsLeft: number | null;
}

/** The samples of one prompt with one model and one set of parameters. */
export interface SampleSet {
  /** The id in addresses; it is derived from the directory. */
  readonly id: string;
  /** The requested model. */
  readonly model: string;
  /**
   * The first 300 characters of the prompt. System and developer messages, which say little about the
   * question, are skipped if there are others.
   */
  readonly promptStart: string;
  /** The first 300 characters of the system and developer messages, or `null` if there are none. */
  readonly systemStart: string | null;
  /** The length of the whole prompt in UTF-16 code units. */
  readonly promptLength: number;
  /** The first 300 characters of the prefill, or `null` if there is none. */
  readonly prefillStart: string | null;
  /** The other fields of the request body, without `seed`, by their API names, such as `top_p`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The path of the directory relative to the cache directory. */
  readonly path: string;
  /** Totals over the samples. */
  readonly summary: SetSummary;
}

/** Totals over the samples of a set. Unusable files count only in `files` and `unusable`. */
export interface SetSummary {
  /** The number of files; larger than `samples + unusable` while samples are being read. */
  readonly files: number;
  /** The number of usable samples. */
  readonly samples: number;
  /** The number of unreadable or misplaced files. */
  readonly unusable: number;
  /** Prompt tokens of the samples that report them. */
  readonly promptTokens: number;
  /** Output tokens, including reasoning, of the samples that report them. */
  readonly completionTokens: number;
  /** The number of usable samples that report their reasoning tokens. */
  readonly reasoned: number;
  /** Reasoning tokens of these samples. */
  readonly reasoningTokens: number;
  /** The number of usable samples that report their cost. */
  readonly priced: number;
  /** The cost in US dollars of these samples. */
  readonly costUsd: number;
  /** When the oldest response was created, in Unix seconds, or `null` if unknown. */
  readonly oldest: number | null;
  /** When the newest response was created, in Unix seconds, or `null` if unknown. */
  readonly newest: number | null;
  /** Samples by finish reason; `refusal` if the model refused, `none` if it is unknown. */
  readonly finishReasons: Readonly<Record<string, number>>;
  /** Samples by prefill outcome; empty if the prompt has no prefill. */
  readonly prefills: Readonly<Record<string, number>>;
  /** Totals by provider; `unknown` if a sample does not report it. */
  readonly providers: Readonly<Record<string, ProviderSummary>>;
  /** Totals by time, of the samples whose time is known. */
  readonly times: {
    /** The length of a bin, which depends on how long the run took. */
    readonly stepMs: number;
    /** Totals by the start of the bin in Unix milliseconds. */
    readonly bins: Readonly<Record<string, TimeTotals>>;
  };
  /** Samples by their number of output tokens. */
  readonly lengths: Readonly<Record<string, number>>;
}

/** Totals over the samples of a provider. */
export interface ProviderSummary extends
  Pick<
    SetSummary,
    "samples" | "priced" | "costUsd" | "completionTokens"
  > {
  /** Samples by their latency in milliseconds. */
  readonly latencies: Readonly<Record<string, number>>;
}

/** Totals over the samples of an interval of time. */
export type TimeTotals = Pick<SetSummary, "samples" | "priced" | "costUsd">;

/** The samples of a set. */
export interface SetSamples {
  /** The whole prompt. */
  readonly prompt: Prompt;
  /** The prefill, including `<think>`, or `null` if there is none. */
  readonly prefill: string | null;
  /** The call that made the samples, or `null` if it is unknown. */
  readonly call: SetCall | null;
  /** The samples, by seed. */
  readonly samples: readonly SampleHead[];
}

/** The options of a call besides the number of samples. */
export type SetCall =
  & SampledOptions
  & Pick<ClientOptions, "baseUrl">
  & Pick<GenerateOptions, "seed">;

/** A sample without its texts. For an unusable file, all fields but the first three are 0, `null` or empty. */
export interface SampleHead extends
  Pick<
    Response,
    | "seed"
    | "refusal"
    | "finishReason"
    | "truncated"
    | "provider"
    | "model"
    | "created"
    | "attempts"
    | "latencyMs"
    | "completedReasoning"
  >,
  Pick<Usage, "promptTokens" | "completionTokens" | "reasoningTokens"> {
  /** The file name. */
  readonly name: string;
  /** Why the file is unusable, or `null`. */
  readonly problem: string | null;
  /** The cost in US dollars, or `null` if the provider does not report it. */
  readonly costUsd: number | null;
  /** The prefill outcome, or `null` if there was no prefill. Another version may have other outcomes. */
  readonly prefill: string | null;
  /** The length of the reasoning in UTF-16 code units, or `null` if there is none. */
  readonly reasoningLength: number | null;
  /** The length of the content in UTF-16 code units. */
  readonly contentLength: number;
  /** The first 160 characters of the content. */
  readonly contentStart: string;
}

/** Options of the texts of a sample. */
export interface SampleOptions {
  /** Whether to include the log-probabilities, which can be a hundred times as large as the texts. */
  readonly withLogprobs?: boolean;
}

/** The texts of a sample, and what only its own page shows. */
export interface SampleTexts extends
  Pick<
    Response,
    | "reasoning"
    | "content"
    | "toolCalls"
    | "responseId"
    | "quantization"
    | "systemFingerprint"
    | "logprobs"
  > {
  /** Whether the sample has log-probabilities, which `logprobs` has only if it was asked for them. */
  readonly hasLogprobs: boolean;
  /** The file name. */
  readonly name: string;
  /** The path of the file. */
  readonly path: string;
}

/** The extracted answers of a set's samples, by rule. */
export type AnswersByRule = { [Rule in ViewAnswerRule]?: SetAnswers };

/** The answers that a rule extracts from a set's samples. */
export interface SetAnswers {
  /** The answer by file name, or `null` if none was found. Equal answers have the same text. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** The correct answer, in the same form, or `null` if unknown. */
  readonly truth: string | null;
}

/** Options of a search. */
export interface SearchOptions {
  /** The id of the set to search, or `null` for all sets. */
  readonly set: string | null;
  /** The maximum number of hits. */
  readonly limit: number;
}

/** The result of a search. */
export interface SearchResults {
  /** The number of matching samples and prompts. */
  readonly total: number;
  /** The first hits. */
  readonly hits: readonly SearchHit[];
  /** The number of matches by set: its matching samples, and its prompt if that matches. */
  readonly sets: Readonly<Record<string, number>>;
  /** How many samples had been read before the search, or `null` if all had. */
  readonly reading: ReadingProgress | null;
}

/** A sample or a prompt that matches a query. */
export interface SearchHit {
  /** The id of the set. */
  readonly set: string;
  /** The file name of the sample, or `null` if the prompt matches. */
  readonly name: string | null;
  /** The seed of the sample, or `null` if the prompt matches. */
  readonly seed: number | null;
  /** Which text matches. */
  readonly field: "prompt" | "reasoning" | "content";
  /** The text around the first match, in one line. */
  readonly excerpt: string;
  /** The ranges of the matches in the excerpt, in UTF-16 code units. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}
