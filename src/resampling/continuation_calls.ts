import type { Message } from "../prompt.ts";
import type { GenerateOptions } from "../options/options.ts";
import type { Response, SampledRequest } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import { type CutThought, cutThought } from "./cut_thought.ts";

/** Options of all resampling: overrides of the options with which the sample was got. */
export interface ResamplingOptions extends GenerateOptions {
  /**
   * The prompt that the sample answers, where the sample itself does not know it: only those do that
   * a client gave.
   */
  prompt?: SampledRequest["prompt"];
}

/** Options of resampling at one place. */
export interface ResampleOptions extends ResamplingOptions {
  /** The sentence, from 0, before which the chain of thought is cut. */
  at: number;
  /**
   * Whether it is cut after that sentence instead.
   * @default {false}
   */
  after?: boolean;
}

/** Options of resampling at many places. */
export interface ResampleAllOptions extends ResamplingOptions {
  /**
   * How many sentences there are from one cut to the next.
   * @default {1}
   */
  every?: number;
}

/** Continuations of a chain of thought from one place. */
export interface ResampledCut {
  /** How many sentences are kept: 0 has the model think anew. */
  readonly at: number;
  /** The sentences that are kept, as one text. */
  readonly kept: string;
  /** The continuations. */
  readonly rollouts: Rollouts;
}

/** A call of `generate` that continues a chain of thought. */
export interface ContinuationCall {
  /** How many sentences are kept. */
  readonly at: number;
  /** They, as one text. */
  readonly kept: string;
  /** The prompt. */
  readonly prompt: Message[];
  /** The options. */
  readonly options: GenerateOptions;
}

/**
 * The call that resamples a chain of thought at one place.
 *
 * @throws {TypeError} Where the sample shows no reasoning, or does not know what it answers.
 * @throws {RangeError} Where it has no such sentence.
 */
export function continuationAt(
  response: Response,
  { at, after = false, ...options }: ResampleOptions,
): ContinuationCall {
  const thought = thoughtOf(response, options);
  const { length } = thought.sentences;
  if (!Number.isSafeInteger(at) || at < 0 || at >= length) {
    throw new RangeError(
      `at must be a sentence from 0 to ${length - 1}, got ${at}`,
    );
  }
  return callAt(thought, after ? at + 1 : at, response, options);
}

/**
 * The calls that resample a chain of thought at each `every`-th sentence, from its beginning to its end.
 *
 * @throws {TypeError} Where the sample shows no reasoning, or does not know what it answers.
 * @throws {RangeError} Where `every` is no number of sentences.
 */
export function allContinuations(
  response: Response,
  { every = 1, ...options }: ResampleAllOptions,
): ContinuationCall[] {
  if (!Number.isSafeInteger(every) || every < 1) {
    throw new RangeError(`every must be an integer of 1 or more, got ${every}`);
  }
  const thought = thoughtOf(response, options);
  const { length } = thought.sentences;
  const cuts = [];
  for (let at = 0; at < length; at += every) cuts.push(at);
  return [...cuts, length].map((at) => callAt(thought, at, response, options));
}

function thoughtOf(
  response: Response,
  { prompt }: ResamplingOptions,
): CutThought {
  const { request } = response;
  if (prompt !== undefined) {
    const model = request?.options.model ?? response.model;
    return cutThought(response, { prompt, options: { model } });
  }
  if (request !== null) return cutThought(response, request);
  throw new TypeError(
    "a sample that no client gave does not know what it answers: give the option prompt, and the model's options",
  );
}

function callAt(
  { sentences, promptAt }: CutThought,
  at: number,
  { request }: Response,
  { prompt: _, ...options }: ResamplingOptions,
): ContinuationCall {
  return {
    at,
    kept: sentences.slice(0, at).join(""),
    prompt: promptAt(at),
    options: { ...request?.options, ...options },
  };
}
