/** How a model marks its reasoning in raw text: with `<think>` tags, or with the channels of the Harmony format. */
export type ReasoningMarkup = "think" | "harmony";

/** How to read the text that continues a raw prompt. */
export interface CompletionFormat {
  /** How the model marks its reasoning. */
  readonly markup: ReasoningMarkup;
  /**
   * The model's own text at the end of the prompt, with `<think>`, or `null` if the prompt ends
   * before the model's turn.
   */
  readonly prefill: string | null;
}

/** Limits that hold for a request, for transports that enforce them. `null` means no limit. */
export interface RequestLimits {
  /** The maximum number of requests in flight. */
  readonly maxConcurrency: number | null;
  /** The maximum number of requests started in any 60 seconds. */
  readonly requestsPerMinute: number | null;
  /** The budget, in US dollars. */
  readonly maxCostUsd: number | null;
  /** The maximum cost of this request, in US dollars, or `null` if there is no budget. */
  readonly worstCaseUsd: number | null;
}

/** One request for one sample: plain data that can be posted to a worker or another machine. */
export interface PreparedRequest {
  /** The URL that the body is posted to. */
  readonly url: string;
  /** The headers, including the API key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON, including the seed. */
  readonly body: string;
  /** The requested model. */
  readonly model: string;
  /** The sample's seed. */
  readonly seed: number;
  /** The part of the model's reasoning that the request already contains, or `null`. */
  readonly prefill: string | null;
  /** Whether the server always repeats the prefill at the start of the content. */
  readonly repeatsPrefill: boolean;
  /** How to read the completion of a raw prompt, or `null` for a chat. */
  readonly format: CompletionFormat | null;
  /** The time limit for the request, from sending to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The maximum size of the answer in bytes, after decompression. */
  readonly maxAnswerBytes: number;
  /**
   * Identifies the sample in the cache: the same for the same request and seed on every machine.
   * `null` if the sample is not cached.
   */
  readonly sampleId: string | null;
  /** The limits that hold for it. */
  readonly limits: RequestLimits;
}
