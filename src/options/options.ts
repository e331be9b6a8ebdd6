import type {
  ProviderPreferences,
  ReasoningOptions,
  ResponseFormat,
  Tool,
  ToolChoice,
} from "../prompt.ts";
import type { Progress } from "../progress.ts";

/** What shapes the model's answer; each is part of the cache key. */
export interface SamplingOptions {
  /**
   * Sampling temperature, from 0 to 2.
   * @default {0.7}
   */
  temperature?: number;
  /**
   * Nucleus sampling: over 0, to 1.
   * @default {0.95}
   */
  topP?: number;
  /**
   * The most tokens of one answer, reasoning included.
   * @default {4096}
   */
  maxTokens?: number;
  /** Only the `topK` likeliest tokens are sampled; an integer from 1. */
  topK?: number;
  /**
   * From -2 to 2.
   * @default {0}
   */
  presencePenalty?: number;
  /**
   * From -2 to 2.
   * @default {0}
   */
  frequencyPenalty?: number;
  /** Over 0, to 2; 1 changes nothing. */
  repetitionPenalty?: number;
  /** Least probability of a token, as a share of the likeliest one's: 0 to 1. */
  minP?: number;
  /** Like `minP`, with the square of the likeliest one's probability: 0 to 1. */
  topA?: number;
  /** Texts that end the answer: one, or up to four. */
  stop?: string | readonly string[];
  /** Token id to a bias from -100 to 100. */
  logitBias?: Readonly<Record<string, number>>;
  /** Whether log probabilities are asked for. Providers differ in what they give. */
  logprobs?: boolean;
  /** How many alternatives a token's log probabilities show: 0 to 20. */
  topLogprobs?: number;
  /** The form of the answer, as the API writes it. */
  responseFormat?: ResponseFormat;
  /** The tools that the model may call, as the API writes them. */
  tools?: readonly Tool[];
  /** Which tool the model may or must call. */
  toolChoice?: ToolChoice;
  /** Which providers may serve the request, as the API writes it. */
  provider?: ProviderPreferences;
  /** How much the model reasons, as the API writes it. */
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
   * Whether only endpoints serve a prompt that begins a thought which a probe has shown to go on with it: see
   * `RolloutsClient.probePrefill`. Where there is no report of the last 30 days, the endpoints are
   * probed first. Left out, it holds for raw texts that no `provider.only` or `order` brings to
   * endpoints of the caller's choice, since some put a raw text into a chat without a word.
   */
  verifyPrefill?: boolean;
  /**
   * Whether all samples of a prompt come from the provider of its first sample.
   * @default {false}
   */
  pinProvider?: boolean;
  /** The older form of `reasoning.exclude`. */
  includeReasoning?: boolean;
  /** Any other field of the API, sent as it is. */
  extraBody?: Readonly<Record<string, unknown>>;
}

/** How samples are got and kept; nothing here changes an answer. */
export interface RunOptions {
  /** OpenRouter's key; else the environment's `OPENROUTER_API_KEY`. */
  apiKey?: string;
  /** The API's address; else the environment's `OPENROUTER_BASE_URL`, else the real one. */
  baseUrl?: string;
  /**
   * How often a failed request is tried again.
   * @default {100}
   */
  maxRetries?: number;
  /**
   * Time for one attempt, from the request to the last byte of its answer, in milliseconds.
   * @default {300_000}
   */
  timeoutMs?: number;
  /**
   * Time for one sample from its first request on, waits and further attempts included, in
   * milliseconds; no limit where it is left out.
   */
  maxElapsedMs?: number;
  /**
   * Whether samples are kept and read again. Without it those of a call that rejects are lost.
   * @default {true}
   */
  useCache?: boolean;
  /**
   * The cache directory.
   * @default {".rollouts"}
   */
  cacheDir?: string;
  /**
   * Whether each sample is forced onto the disk (fsync of file and directory) before it counts as
   * done, so that it outlives a power failure too. It costs 0.4 ms a sample on an SSD, tens of
   * milliseconds on other disks. Without it a crash of the machine can cost the last seconds'
   * samples; a crash of the program none.
   * @default {false}
   */
  durable?: boolean;
  /**
   * What happens when a sample cannot be written: `stop` starts no more requests, since they
   * would be paid and lost; `continue` goes on. Samples that are there are returned either way.
   * @default {"stop"}
   */
  onCacheError?: "stop" | "continue";
  /**
   * Whether a sample that is not cached is an error and nothing is requested.
   * @default {false}
   */
  cacheOnly?: boolean;
  /**
   * The most that requests may cost, in US dollars; no limit where it is left out. Of a client, for all
   * its calls; of a call, for that call. A request is not started where it could pass the
   * limit at its worst, with prices from `/models`; its seed then stands in `errors`
   * with a `BudgetError`.
   */
  maxCostUsd?: number;
  /**
   * Whether a sample counts as failed, and is not kept, when the model did not go on with the thought that
   * the prompt begins: its `prefill` is `restarted`. It is paid all the same.
   * @default {false}
   */
  requireContinuation?: boolean;
  /**
   * Whether a prompt that begins a thought is sent to models that are known not to go on with it.
   * @default {false}
   */
  allowUnsupportedPrefill?: boolean;
  /** The most requests started in any 60 seconds, attempts included; no limit where it is left out. */
  requestsPerMinute?: number;
  /** The most requests in flight; found by trial from 64 to 512 where it is left out. */
  maxConcurrency?: number;
  /**
   * Whether a progress bar is drawn on a terminal's stderr for more than one sample.
   * @default {true}
   */
  progressBar?: boolean;
  /** Called when the state of a call has changed. */
  onProgress?: (progress: Progress) => void;
  /**
   * Whether stderr is told what is sent, how many samples were cached, why one was not, and what fails.
   * @default {false}
   */
  verbose?: boolean;
}

/** Options of a client, for all of its calls. */
export interface ClientOptions extends SamplingOptions, RunOptions {
  /** The model's slug, such as `qwen/qwen3-30b-a3b`. */
  model: string;
  /** The most worker threads; the number of processors, up to 4, where it is left out. */
  workers?: number;
  /**
   * The address of a Redis, `redis://…` or with TLS `rediss://…`, through which requests go to workers
   * (`rollouts worker`) on other machines, under limits and a budget that all share. What the queue has cost in
   * all then counts against `maxCostUsd`. See docs/scale-out.md.
   */
  queue?: string;
  /** The port where this program's metrics are served for Prometheus; it needs `queue`. */
  metricsPort?: number;
  /**
   * The address to serve them on; 0.0.0.0 opens them to other machines.
   * @default {"127.0.0.1"}
   */
  metricsHost?: string;
}

/** Options of one call: overrides of the client's, and those of the call itself. */
export interface GenerateOptions extends SamplingOptions, RunOptions {
  /** Another model than the client's. */
  model?: string;
  /**
   * How many samples: seeds `seed` to `seed + nSamples - 1`.
   * @default {1}
   */
  nSamples?: number;
  /**
   * The first seed.
   * @default {0}
   */
  seed?: number;
  /**
   * Ends the call: it rejects with the signal's reason. Requests under way are given up,
   * though they are billed.
   */
  signal?: AbortSignal;
}

/** Options of embeddings: those of a call that shape no samples. */
export interface EmbedOptions extends
  Pick<
    GenerateOptions,
    | "apiKey"
    | "baseUrl"
    | "maxRetries"
    | "useCache"
    | "cacheDir"
    | "durable"
    | "signal"
  > {
  /** The embedding model's slug, such as `openai/text-embedding-3-small`. */
  model: string;
}

/** Every default, once. */
export const DEFAULTS = {
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 4096,
  presencePenalty: 0,
  frequencyPenalty: 0,
  prefillVia: "auto",
  requireContinuation: false,
  allowUnsupportedPrefill: false,
  maxRetries: 100,
  timeoutMs: 300_000,
  useCache: true,
  cacheDir: ".rollouts",
  durable: false,
  onCacheError: "stop",
  cacheOnly: false,
  progressBar: true,
  verbose: false,
  nSamples: 1,
  seed: 0,
} as const;

/** Every option there is. */
export type AllOptions = ClientOptions & GenerateOptions;

/** Options with the defaults filled in and every rule kept. */
export type Settings =
  & Omit<AllOptions, keyof typeof DEFAULTS>
  & Required<Pick<AllOptions, keyof typeof DEFAULTS>>;
