import {
  defineDisplay,
  type DisplayBundle,
  displayBundle,
  shownCost,
} from "./display_bundle.ts";
import type { Prompt, ToolCall } from "./prompt.ts";
import type { SampledOptions } from "./sampling_options.ts";
import { expandJson } from "./compact_json.ts";
import { fullText } from "./full_text.ts";
import type { Logprobs } from "./logprobs.ts";
import { readLogprobs } from "./read_logprobs.ts";
import type { PrefillOutcome } from "./prefill_outcome.ts";

/** Tokens and cost of one sample. What the provider does not report is `null`, never 0. */
export interface Usage {
  /** Prompt tokens. */
  readonly promptTokens: number | null;
  /** Output tokens, including reasoning. */
  readonly completionTokens: number | null;
  /** Prompt and output tokens. */
  readonly totalTokens: number | null;
  /** Reasoning tokens. */
  readonly reasoningTokens: number | null;
  /** Prompt tokens that were read from the provider's cache. */
  readonly cachedTokens: number | null;
  /** Prompt tokens that were written to the provider's cache. */
  readonly cacheWriteTokens: number | null;
  /** What OpenRouter charges for the sample, in US dollars: 0 if you use your own provider key. */
  readonly cost: number | null;
  /** Whether the request used your own provider key. */
  readonly isByok: boolean | null;
  /** The provider's charge for the sample, in US dollars. */
  readonly upstreamCost: number | null;
}

/** The prompt and options that a sample answers. */
export interface SampledRequest {
  /** The prompt. */
  readonly prompt: Prompt;
  /** The options that shape the answer, including defaults. */
  readonly options: SampledOptions;
}

/** How a sample was obtained. */
export type ResponseOrigin = Pick<
  Response,
  "cached" | "attempts" | "quantization"
>;

/** A sample as it is read from an answer or a cache entry. */
export type ResponseData =
  & Omit<Response, keyof ResponseOrigin | "request" | "toJSON" | "logprobs">
  & {
    /** The log-probabilities as the provider returns them, or `null`. */
    readonly logprobs: unknown;
  };

/**
 * A sample as workers post it: text is copied faster than the objects that it describes, and what
 * can be derived is left out.
 */
export type WireResponse =
  & Omit<ResponseData, "raw" | "full">
  & {
    /** The provider's whole answer, as JSON that {@linkcode compactJson} returned. */
    readonly rawJson: string;
    /** Warnings about the answer. */
    readonly warnings?: readonly string[];
  };

/** One sample. */
export class Response {
  /** `reasoning + "</think>" + content`; the reasoning alone if it did not end; else the content. */
  readonly full: string;
  /** The model's answer, after its reasoning. */
  readonly content: string;
  /** The model's reasoning, or `null` if it shows none. */
  readonly reasoning: string | null;
  /** Why the model or a filter refused to answer, or `null` if neither did. */
  readonly refusal: string | null;
  /** Why the model stopped: `stop`, `length`, `tool_calls`, or `content_filter`; `null` if it is not reported. */
  readonly finishReason: string | null;
  /** The provider's own word for it, such as `max_output_tokens`, or `null`. */
  readonly nativeFinishReason: string | null;
  /** Whether the token limit cut the answer short, by either reason or by the number of tokens. */
  readonly truncated: boolean;
  /** The tokens and cost of the sample. */
  readonly usage: Usage;
  /** The provider that served the request, or `null` if it is unknown. */
  readonly provider: string | null;
  /** OpenRouter's id of the generation. */
  readonly responseId: string;
  /** The model that answered, often a dated slug. */
  readonly model: string;
  /** The API's type of the answer, such as `chat.completion`. */
  readonly object: string;
  /** When the answer was generated, in Unix seconds. */
  readonly created: number;
  /** The sample's seed, which is its index among the samples of the prompt. */
  readonly seed: number;
  /** Whether the reasoning was completed; `true` if there is none. */
  readonly completedReasoning: boolean;
  /** Whether the model continued a prefill: `null` if the prompt has none, `unknown` for cache entries that do not record it. */
  readonly prefill: PrefillOutcome | null;
  /** The precision of the weights, such as `fp8`, or `null` unless the request allows only one: answers do not name it. */
  readonly quantization: string | null;
  /** The provider's name for its configuration, or `null` if it reports none. */
  readonly systemFingerprint: string | null;
  /** The tool calls of the answer; often empty. */
  readonly toolCalls: readonly ToolCall[];
  /** The images of the answer, as in the API; often empty. */
  readonly images: readonly Readonly<Record<string, unknown>>[];
  /** The audio of the answer, as in the API, or `null` if it has none. */
  readonly audio: Readonly<Record<string, unknown>> | null;
  /** The citations of the answer, as in the API; often empty. */
  readonly annotations: readonly Readonly<Record<string, unknown>>[];
  /**
   * The log-probabilities of the tokens, in the same form for all servers, or `null` if the answer has none.
   */
  declare readonly logprobs: Logprobs | null;
  /** The time from the request to the last byte of the answer, in milliseconds, or `null` if it is unknown. */
  readonly latencyMs: number | null;
  /** The provider's whole answer, or `null` in entries of the Python package, which does not store it. */
  declare readonly raw: Readonly<Record<string, unknown>> | null;
  /** Whether the sample comes from the cache. */
  readonly cached: boolean;
  /** The number of requests that the sample took, or `null` if it is unknown. */
  readonly attempts: number | null;

  readonly #request: SampledRequest | null;
  #rawJson = "null";
  #raw: ResponseData["raw"] | undefined;
  readonly #rawLogprobs: unknown;
  #logprobs: Logprobs | null | undefined;
  /**
   * Parses the whole answer when it is read, which is rare. All samples share one getter: with a
   * getter of its own, V8 stores each as a hash table, which takes twice the memory.
   */
  static readonly #lazyRaw: PropertyDescriptor & ThisType<Response> = {
    get() {
      return this.#raw ??= JSON.parse(expandJson(this.#rawJson, this));
    },
    enumerable: true,
  };
  /** Same for the log-probabilities. */
  static readonly #lazyLogprobs: PropertyDescriptor & ThisType<Response> = {
    get() {
      return this.#logprobs ??= readLogprobs(this.#rawLogprobs, this);
    },
    enumerable: true,
  };

  /**
   * Creates a sample.
   *
   * @param request What the sample answers, if a client requested it.
   */
  constructor(
    data: ResponseData | WireResponse,
    { cached, attempts, quantization }: ResponseOrigin,
    request: SampledRequest | null = null,
  ) {
    this.full = "full" in data ? data.full : fullText(data);
    this.content = data.content;
    this.reasoning = data.reasoning;
    this.refusal = data.refusal;
    this.finishReason = data.finishReason;
    this.nativeFinishReason = data.nativeFinishReason;
    this.truncated = data.truncated;
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
    this.images = data.images;
    this.audio = data.audio;
    this.annotations = data.annotations;
    this.#rawLogprobs = data.logprobs;
    if (data.logprobs == null) this.logprobs = null;
    else Object.defineProperty(this, "logprobs", Response.#lazyLogprobs);
    this.latencyMs = data.latencyMs;
    if ("raw" in data) this.raw = data.raw;
    else {
      this.#rawJson = data.rawJson;
      Object.defineProperty(this, "raw", Response.#lazyRaw);
    }
    this.cached = cached;
    this.attempts = attempts;
    this.#request = request;
  }

  /**
   * The request that the sample answers, which `RolloutsClient.resample` continues, or `null` if no
   * client requested it. It is not part of the sample's data.
   */
  get request(): SampledRequest | null {
    return this.#request;
  }

  /**
   * Returns the fields that the Python package `rollouts` has, by its names. Unknown counts are left
   * out, because it sums them. The log-probabilities are as the provider returned them.
   */
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
      usage: Object.fromEntries(
        Object.entries({
          prompt_tokens: this.usage.promptTokens,
          completion_tokens: this.usage.completionTokens,
          total_tokens: this.usage.totalTokens,
          reasoning_tokens: this.usage.reasoningTokens,
          cost: this.usage.cost,
        }).filter(([, count]) => count !== null),
      ),
      logprobs: this.#rawLogprobs,
      echo: false,
      seed: this.seed,
      completed_reasoning: this.completedReasoning,
    };
  }

  static {
    defineDisplay(Response.prototype, displayResponse);
  }
}

/** Returns the content that a notebook shows: the numbers of the sample, and its texts. */
function displayResponse(response: Response): DisplayBundle {
  const { reasoning, refusal, content, usage } = response;
  return displayBundle({
    caption: `${response.model} · seed ${response.seed}`,
    head: [
      "Finish reason",
      "Provider",
      "Output tokens",
      "Reasoning tokens",
      "Cost",
      "Cached",
    ],
    rows: [[
      response.finishReason ?? "?",
      response.provider ?? "?",
      String(usage.completionTokens ?? "?"),
      String(usage.reasoningTokens ?? "?"),
      shownCost(usage.cost),
      response.cached ? "yes" : "no",
    ]],
    texts: [
      ...(reasoning === null ? [] : [["Reasoning", reasoning] as const]),
      ...(refusal === null ? [] : [["Refusal", refusal] as const]),
      ["Content", content],
    ],
  });
}
