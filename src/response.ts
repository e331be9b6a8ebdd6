import type { Prompt, ToolCall } from "./prompt.ts";
import type { SampledOptions } from "./sampling_options.ts";
import { fullText } from "./full_text.ts";
import type { PrefillOutcome } from "./prefill_outcome.ts";

/** Tokens and cost of one sample. */
export interface Usage {
  /** Tokens of the prompt. */
  readonly promptTokens: number;
  /** Tokens that the model wrote, reasoning included. */
  readonly completionTokens: number;
  /** Both together. */
  readonly totalTokens: number;
  /** Tokens of the reasoning; null where the provider does not say. */
  readonly reasoningTokens: number | null;
  /** What the sample cost, in US dollars; null where the provider does not say. */
  readonly cost: number | null;
}

/** One sample, as far as the provider's answer tells it. */
export interface ResponseData {
  /** `reasoning + "</think>" + content`; the reasoning alone where it did not end; else the content. */
  readonly full: string;
  /** What the model answered, after its reasoning. */
  readonly content: string;
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** Why the model stopped: `stop`, `length`, `tool_calls` or `content_filter`. */
  readonly finishReason: string | null;
  /** Tokens and cost. */
  readonly usage: Usage;
  /** The provider that served the request; null where it is not known. */
  readonly provider: string | null;
  /** The answer's id, by which OpenRouter knows the generation. */
  readonly responseId: string;
  /** The model as it was served: often a dated slug. */
  readonly model: string;
  /** The API's name for the kind of answer. */
  readonly object: string;
  /** When the answer was made, in Unix seconds. */
  readonly created: number;
  /** The seed: the sample's index. */
  readonly seed: number;
  /** Whether the reasoning came to its end; true where there is none. */
  readonly completedReasoning: boolean;
  /** What became of the beginning of a thought that the prompt gave; null where it gave none, `unknown` in entries that do not tell. */
  readonly prefill: PrefillOutcome | null;
  /** The provider's name for the configuration that served it; null where it gives none. */
  readonly systemFingerprint: string | null;
  /** The tools that the model calls; empty where it calls none. */
  readonly toolCalls: readonly ToolCall[];
  /** Log probabilities as the provider gave them; null where it gave none. */
  readonly logprobs: unknown;
  /** Time from the request to the last byte of the answer, in milliseconds; null where it is not known. */
  readonly latencyMs: number | null;
  /** The provider's whole answer; null in entries of the Python package, which does not keep it. */
  readonly raw: Readonly<Record<string, unknown>> | null;
}

/**
 * A sample as it crosses threads: text is copied faster than the objects that it spells out, and
 * what can be told from the rest is left out.
 */
export interface WireResponse extends Omit<ResponseData, "raw" | "full"> {
  /** The provider's whole answer, as JSON. */
  readonly rawJson: string;
}

/** How a sample was got. */
export interface ResponseOrigin {
  /** Whether it came from the cache. */
  readonly cached: boolean;
  /** How many requests it took; null where it is not known. */
  readonly attempts: number | null;
  /** The precision of the weights that served it, such as `fp8`; null where the request leaves a choice, since answers do not tell. */
  readonly quantization: string | null;
}

/** What a sample answers. */
export interface SampledRequest {
  /** The prompt. */
  readonly prompt: Prompt;
  /** The options that shape the answer, defaults included. */
  readonly options: SampledOptions;
}

/** Tells a sample what it answers. */
export let answerTo: (response: Response, request: SampledRequest) => void;

/** One sample: plain data, and a form with the Python package's names. */
export class Response implements ResponseData, ResponseOrigin {
  /** `reasoning + "</think>" + content`; the reasoning alone where it did not end; else the content. */
  readonly full: string;
  /** What the model answered, after its reasoning. */
  readonly content: string;
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** Why the model stopped: `stop`, `length`, `tool_calls` or `content_filter`. */
  readonly finishReason: string | null;
  /** Tokens and cost. */
  readonly usage: Usage;
  /** The provider that served the request; null where it is not known. */
  readonly provider: string | null;
  /** The answer's id, by which OpenRouter knows the generation. */
  readonly responseId: string;
  /** The model as it was served: often a dated slug. */
  readonly model: string;
  /** The API's name for the kind of answer. */
  readonly object: string;
  /** When the answer was made, in Unix seconds. */
  readonly created: number;
  /** The seed: the sample's index. */
  readonly seed: number;
  /** Whether the reasoning came to its end; true where there is none. */
  readonly completedReasoning: boolean;
  /** What became of the beginning of a thought that the prompt gave; null where it gave none, `unknown` in entries that do not tell. */
  readonly prefill: PrefillOutcome | null;
  /** The precision of the weights that served it, such as `fp8`; null where the request leaves a choice, since answers do not tell. */
  readonly quantization: string | null;
  /** The provider's name for the configuration that served it; null where it gives none. */
  readonly systemFingerprint: string | null;
  /** The tools that the model calls; empty where it calls none. */
  readonly toolCalls: readonly ToolCall[];
  /** Log probabilities as the provider gave them; null where it gave none. */
  readonly logprobs: unknown;
  /** Time from the request to the last byte of the answer, in milliseconds; null where it is not known. */
  readonly latencyMs: number | null;
  /** The provider's whole answer; null in entries of the Python package, which does not keep it. */
  declare readonly raw: Readonly<Record<string, unknown>> | null;
  /** Whether it came from the cache. */
  readonly cached: boolean;
  /** How many requests it took; null where it is not known. */
  readonly attempts: number | null;

  static {
    answerTo = (response, request) => {
      response.#request = request;
    };
  }

  #request: SampledRequest | null = null;
  #rawJson = "null";
  #raw: ResponseData["raw"] | undefined;
  /**
   * The whole answer, which few look at, is made of its text when it is asked for. One getter serves
   * all samples: with one for each, V8 keeps each as a table of its own, which takes twice the memory.
   */
  static readonly #lazyRaw: PropertyDescriptor & ThisType<Response> = {
    get() {
      return this.#raw ??= JSON.parse(this.#rawJson);
    },
    enumerable: true,
  };

  /** Makes a sample from the answer and from how it was got. */
  constructor(
    data: ResponseData | WireResponse,
    { cached, attempts, quantization }: ResponseOrigin,
  ) {
    this.full = "full" in data ? data.full : fullText(data);
    this.content = data.content;
    this.reasoning = data.reasoning;
    this.finishReason = data.finishReason;
    this.usage = data.usage;
    this.provider = data.provider;
    this.responseId = data.responseId;
    this.model = data.model;
    this.object = data.object;
    this.created = data.created;
    this.seed = data.seed;
    this.completedReasoning = data.completedReasoning;
    this.prefill = data.prefill;
    this.quantization = quantization;
    this.systemFingerprint = data.systemFingerprint;
    this.toolCalls = data.toolCalls;
    this.logprobs = data.logprobs;
    this.latencyMs = data.latencyMs;
    if ("raw" in data) this.raw = data.raw;
    else {
      this.#rawJson = data.rawJson;
      Object.defineProperty(this, "raw", Response.#lazyRaw);
    }
    this.cached = cached;
    this.attempts = attempts;
  }

  /**
   * What it answers, which `RolloutsClient.resample` goes on from; null where no client gave it. It is
   * no part of the sample's own data.
   */
  get request(): SampledRequest | null {
    return this.#request;
  }

  /** The sample with the field names of the Python package `rollouts`, and those alone. */
  toJSON(): Record<string, unknown> {
    return {
      full: this.full,
      content: this.content,
      reasoning: this.reasoning,
      finish_reason: this.finishReason,
      provider: this.provider,
      response_id: this.responseId,
      model: this.model,
      object: this.object,
      created: this.created,
      usage: {
        prompt_tokens: this.usage.promptTokens,
        completion_tokens: this.usage.completionTokens,
        total_tokens: this.usage.totalTokens,
        reasoning_tokens: this.usage.reasoningTokens,
        cost: this.usage.cost,
      },
      logprobs: this.logprobs,
      echo: false,
      seed: this.seed,
      completed_reasoning: this.completedReasoning,
    };
  }
}
