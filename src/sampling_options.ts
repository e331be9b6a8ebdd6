import type {
  ProviderPreferences,
  ReasoningOptions,
  ResponseFormat,
  Tool,
  ToolChoice,
} from "./prompt.ts";

/** Options that shape the model's answer. Each of them is part of the cache key. */
export interface SamplingOptions {
  /**
   * Sampling temperature, from 0 to 2. `null` sends none: some models reject the field.
   * @default {0.7}
   */
  temperature?: number | null;
  /**
   * Nucleus sampling: samples only from the likeliest tokens that together have this probability.
   * Over 0, at most 1. `null` sends none.
   * @default {0.95}
   */
  topP?: number | null;
  /**
   * Maximum number of tokens per answer, including the reasoning. `null` sends none.
   * @default {4096}
   */
  maxTokens?: number | null;
  /**
   * Same as `maxTokens`, by the current name of the API's field, `max_completion_tokens`. It replaces
   * `maxTokens`.
   */
  maxCompletionTokens?: number;
  /** Samples only from the `topK` likeliest tokens. An integer of 1 or more. */
  topK?: number;
  /**
   * Penalty for tokens that already appeared, from -2 to 2.
   * @default {0}
   */
  presencePenalty?: number;
  /**
   * Penalty that grows with each appearance of a token, from -2 to 2.
   * @default {0}
   */
  frequencyPenalty?: number;
  /** Divides the scores of tokens that already appeared. Over 0, at most 2; 1 has no effect. */
  repetitionPenalty?: number;
  /** Minimum probability of a token, relative to that of the likeliest one. From 0 to 1. */
  minP?: number;
  /** Like `minP`, but relative to the square of the likeliest token's probability. From 0 to 1. */
  topA?: number;
  /** One string, or up to four, that end the answer. */
  stop?: string | readonly string[];
  /** Bias for each token id, from -100 to 100. */
  logitBias?: Readonly<Record<string, number>>;
  /** Whether to request log-probabilities. Providers differ in whether they return them. */
  logprobs?: boolean;
  /** Number of alternatives for each token in the log-probabilities, from 0 to 20. */
  topLogprobs?: number;
  /** Format of the answer, as in the API. */
  responseFormat?: ResponseFormat;
  /** Tools that the model may call, as in the API. */
  tools?: readonly Tool[];
  /** Tool that the model may or must call. */
  toolChoice?: ToolChoice;
  /** Providers that may serve the request, as in the API. */
  provider?: ProviderPreferences;
  /** How much the model reasons, as in the API. */
  reasoning?: ReasoningOptions;
  /**
   * How a prefill reaches the model. `chat` sends messages, the last of which is the assistant's.
   * `completions` renders the model's own chat template to one text and posts it to
   * `/completions`. `auto` is `completions` for a prefilled gpt-oss, which cannot continue a
   * prefill in a chat, and otherwise `chat`.
   * @default {"auto"}
   */
  prefillVia?: "auto" | "chat" | "completions";
  /**
   * Whether a prefilled prompt goes only to endpoints that continued a prefill in a probe: see
   * `RolloutsClient.probePrefill`. Without a report of the last 30 days, the client probes the
   * endpoints first. By default `true` for prompts sent to `/completions` unless `provider.only`
   * or `provider.order` is set, because some endpoints wrap such a text in a chat.
   */
  verifyPrefill?: boolean;
  /**
   * Whether all samples of a prompt come from the provider of its first sample.
   * @default {false}
   */
  pinProvider?: boolean;
  /** The older form of `reasoning.exclude`. */
  includeReasoning?: boolean;
  /** Other fields of the request body, sent as they are. */
  extraBody?: Readonly<Record<string, unknown>>;
}

/** The sampling options of a call, with the defaults filled in. */
export interface SampledOptions extends SamplingOptions {
  /** The requested model. */
  model: string;
}
