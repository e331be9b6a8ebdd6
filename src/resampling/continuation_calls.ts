import type { Message } from "../prompt.ts";
import type { GenerateOptions } from "../options/options.ts";
import { prefillMessages } from "../request/prefill_messages.ts";
import type { Response, SampledRequest } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import { splitSentences } from "./split_sentences.ts";
import { requireInteger } from "../util/require_integer.ts";

/** Options common to all resampling: they override those with which the sample was generated. */
export interface ResamplingOptions extends GenerateOptions {
  /**
   * The prompt of the sample. Only needed for a sample that a client did not return, such as one that you
   * parsed from JSON: it does not contain its request.
   */
  prompt?: SampledRequest["prompt"];
}

/** Options of resampling at one cut. */
export interface ResampleOptions extends ResamplingOptions {
  /** The index of the sentence before which the chain of thought is cut, from 0. */
  at: number;
  /**
   * Whether to cut after that sentence instead.
   * @default {false}
   */
  after?: boolean;
}

/** Options of resampling at many cuts. */
export interface ResampleAllOptions extends ResamplingOptions {
  /**
   * The number of sentences from one cut to the next.
   * @default {1}
   */
  every?: number;
}

/** Continuations of a chain of thought from one cut. */
export interface ResampledCut {
  /** How many sentences are kept; with 0 the model reasons from the start. */
  readonly at: number;
  /** The kept sentences as one text. */
  readonly kept: string;
  /** The continuations. */
  readonly rollouts: Rollouts;
}

/** The arguments of `generate` that continue a chain of thought from a cut. */
export interface ContinuationCall extends Omit<ResampledCut, "rollouts"> {
  /** The prompt. */
  readonly prompt: Message[];
  /** The options. */
  readonly options: GenerateOptions;
}

/**
 * Returns the call that resamples a chain of thought at one cut.
 *
 * @throws {TypeError} If the sample shows no reasoning, or its prompt is unknown.
 * @throws {RangeError} If there is no such sentence.
 */
export function continuationAt(
  response: Response,
  { at, after = false, ...options }: ResampleOptions,
): ContinuationCall {
  const { length, callAt } = cutThought(response, options);
  if (!Number.isSafeInteger(at) || at < 0 || at >= length) {
    throw new RangeError(
      `at must be a sentence from 0 to ${length - 1}, got ${at}`,
    );
  }
  return callAt(after ? at + 1 : at);
}

/**
 * Returns the calls that resample a chain of thought at every `every`-th sentence, from its start to its
 * end.
 *
 * @throws {TypeError} If the sample shows no reasoning, or its prompt is unknown.
 * @throws {RangeError} If `every` is not a positive integer.
 */
export function allContinuations(
  response: Response,
  { every = 1, ...options }: ResampleAllOptions,
): ContinuationCall[] {
  requireInteger("every", every, 1);
  const { length, callAt } = cutThought(response, options);
  const cuts = [];
  for (let at = 0; at < length; at += every) cuts.push(at);
  return [...cuts, length].map(callAt);
}

/**
 * Splits the chain of thought of a sample into sentences. A prefill in the prompt is kept, unless the
 * model started its reasoning over and so did not continue it.
 */
function cutThought(
  response: Response,
  { prompt: override, ...options }: ResamplingOptions,
): { length: number; callAt: (at: number) => ContinuationCall } {
  const { reasoning, request, seed } = response;
  const prompt = override ?? request?.prompt;
  if (prompt === undefined) {
    throw new TypeError(
      "a sample that no client returned does not contain its prompt: set the option prompt, and the model's options",
    );
  }
  if (reasoning === null || reasoning.trim() === "") {
    throw new TypeError(`the sample of seed ${seed} shows no reasoning to cut`);
  }
  // As chat messages for any model: the call decides how they are sent.
  const model = request?.options.model ?? response.model;
  const { messages, prefill } = prefillMessages(prompt, model, "think");
  const conversation = prefill === null ? messages : messages.slice(0, -1);
  const start = prefill !== null && response.prefill !== "restarted"
    ? prefill
    : reasoning.startsWith("\n")
    ? "<think>"
    : "<think>\n";
  const sentences = splitSentences(reasoning);
  return {
    length: sentences.length,
    callAt: (at) => {
      const kept = sentences.slice(0, at).join("");
      return {
        at,
        kept,
        prompt: [...conversation, { role: "assistant", content: start + kept }],
        options: { ...request?.options, ...options },
      };
    },
  };
}
