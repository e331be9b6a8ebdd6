import type { GenerateOptions } from "./options.ts";

/** Options of scores: the options of a call that apply to them. */
export interface ScoreOptions extends
  Pick<
    GenerateOptions,
    | "model"
    | "topLogprobs"
    | "prefillVia"
    | "reasoning"
    | "extraBody"
    | "apiKey"
    | "baseUrl"
    | "server"
    | "maxRetries"
    | "maxRetryAfterMs"
    | "timeoutMs"
    | "requestsPerMinute"
    | "maxConcurrency"
    | "useCache"
    | "cacheDir"
    | "cacheOnly"
    | "durable"
    | "signal"
  > {
  /**
   * Whether the prompt is raw text, including special tokens, that the given text follows, and not a user
   * message.
   * @default {false}
   */
  raw?: boolean;
}
