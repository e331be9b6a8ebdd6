import type { ServerName } from "../server_name.ts";
import type { Logger, LogLevel } from "../logger.ts";
import type { Transport } from "../transport.ts";
import type { Progress } from "../progress.ts";
import type { SamplingOptions } from "../sampling_options.ts";

/** Options for how samples are requested and stored. None of them changes an answer. */
export interface RunOptions {
  /**
   * The API key. It is sent to the host of the `baseUrl` that it is given with. By default the
   * environment variable `OPENROUTER_API_KEY`, which is sent to openrouter.ai and to the host of the
   * variable `OPENROUTER_BASE_URL`. See `sendKeyTo` for other hosts. Only OpenRouter is known to need
   * a key.
   */
  apiKey?: string;
  /**
   * Address of the API. By default the environment variable `OPENROUTER_BASE_URL`, or OpenRouter's
   * address if it is not set.
   */
  baseUrl?: string;
  /**
   * The kind of server at `baseUrl`, which decides the fields that carry a prefill and the seed. By
   * default it follows from the host, or else the server is asked before the first prefill is sent. It is
   * not part of the cache key.
   */
  server?: ServerName;
  /**
   * Maximum number of retries of a failed request.
   * @default {100}
   */
  maxRetries?: number;
  /**
   * Time limit for one attempt, from the request to the last byte of its answer, in milliseconds.
   * @default {300_000}
   */
  timeoutMs?: number;
  /**
   * Time limit for one sample, from its first request, including waits and retries, in
   * milliseconds. By default there is no limit. A sample also fails if the server asks for a wait
   * that is longer than this limit. In `score()` and `embed()`, it limits each request.
   */
  maxElapsedMs?: number;
  /**
   * Maximum number of retries after attempts that took longer than `timeoutMs`. Each of them may be
   * billed in full. These retries also count towards `maxRetries`.
   * @default {2}
   */
  maxTimeoutRetries?: number;
  /**
   * Longest wait that the server may ask for (`Retry-After` and its relatives), in milliseconds. A
   * sample that would have to wait longer fails, and its error reports the wait.
   * @default {3_600_000}
   */
  maxRetryAfterMs?: number;
  /**
   * Maximum size of an answer in bytes, after decompression. A longer answer is not read to its end
   * and fails.
   * @default {67_108_864}
   */
  maxAnswerBytes?: number;
  /**
   * Whether samples are stored in the cache and read from it. Without the cache, the samples of a
   * call that rejects are lost.
   * @default {true}
   */
  useCache?: boolean;
  /**
   * The cache directory, or a list such as `["./mine", "/shared/lab"]`. Samples are written to the first. The
   * others must exist, and are only read, if the first does not have a sample.
   * @default {".rollouts"}
   */
  cacheDir?: string | readonly string[];
  /**
   * Whether each sample is flushed to the disk (fsync of file and directory) before it counts as
   * done, so that it survives a power failure. This takes 0.4 ms per sample on an SSD and tens of
   * milliseconds on other disks. Without it, a crash of the machine can lose the samples of the
   * last seconds. A crash of the process never loses any.
   * @default {false}
   */
  durable?: boolean;
  /**
   * The action if a sample cannot be stored. `stop` starts no more requests, because their answers
   * would be paid for and lost; `continue` carries on. The samples so far are returned either way.
   * @default {"stop"}
   */
  onCacheError?: "stop" | "continue";
  /**
   * Whether to request nothing and report samples that are not cached as errors.
   * @default {false}
   */
  cacheOnly?: boolean;
  /**
   * Budget for requests, in US dollars: of a client for all its calls, of a call for that call,
   * whose requests count for both. By default there is no limit. A request is not started if its worst-case cost, by the prices
   * of `/models`, could exceed the budget; its seed is then in `errors`, with a `BudgetError`.
   * A call whose requests have no known bound is rejected; see `allowUnboundedCost`.
   */
  maxCostUsd?: number;
  /**
   * Whether to send requests with a budget although their worst-case cost is not known, as for
   * images by URL, web search, or a model without a price. The budget then ends a run only after
   * the cost that exceeds it was billed.
   * @default {false}
   */
  allowUnboundedCost?: boolean;
  /**
   * Whether a sample fails, and is not stored, if the model did not continue the prefill: its
   * `prefill` is `restarted`. It is paid for all the same.
   * @default {false}
   */
  requireContinuation?: boolean;
  /**
   * Whether to send a prefilled prompt to a model that is known not to continue a prefill.
   * @default {false}
   */
  allowUnsupportedPrefill?: boolean;
  /**
   * Maximum number of requests started in any 60 seconds, including retries, at least 0.001. A call
   * can only lower the client's. By default there is no limit.
   */
  requestsPerMinute?: number;
  /**
   * Maximum number of requests in flight. A call can only lower the client's. By default it
   * adapts: it starts at 64, rises to at most 512, and falls when the server is busy.
   */
  maxConcurrency?: number;
  /**
   * Whether a call for more than one sample draws a progress bar, if stderr is a terminal.
   * @default {true}
   */
  progressBar?: boolean;
  /** Called when the progress of a call changes. With `generateMany`, each prompt has its own. */
  onProgress?: (progress: Progress) => void;
  /** Receives the messages of the library. By default they are written to stderr. */
  logger?: Logger;
  /**
   * The least severe messages that are logged.
   * @default {"warn"}
   */
  logLevel?: LogLevel;
  /**
   * Short for `logLevel: "debug"`: what is sent, how many samples are cached, why one is not, and what
   * fails.
   * @default {false}
   */
  verbose?: boolean;
}

/** Options of a client, for all of its calls. */
export interface ClientOptions extends SamplingOptions, RunOptions {
  /** Slug of the model, such as `qwen/qwen3-30b-a3b`. */
  model: string;
  /**
   * Maximum number of worker threads that send requests. With 0, the main thread sends them. This takes less
   * CPU time and memory, but any computation in your program delays them. By default, the number of
   * processors, at most 4; on Node, one less, but at least 1.
   */
  workers?: number;
  /**
   * Sends requests instead of the worker pool, for example through a queue or to a program of your
   * own. The client closes it.
   */
  transport?: Transport;
  /**
   * Sends all requests of the client instead of the global `fetch`, also those for prices and
   * endpoints. They are then sent from the main thread, since a function cannot be posted to a worker.
   */
  fetch?: typeof globalThis.fetch;
  /**
   * Other hosts that may get the API key and `headers`, such as `127.0.0.1:8080`. A host without a port
   * includes all of its ports.
   */
  sendKeyTo?: string | readonly string[];
  /**
   * Additional headers of each request for samples. They are part of neither the cache key nor the cache.
   * They are sent only to the host of the client's `baseUrl` and to the hosts in `sendKeyTo`. A call with
   * another `baseUrl` is rejected.
   */
  headers?: Readonly<Record<string, string>>;
}

/** Options of one call: overrides of the client's options, and options of the call itself. */
export interface GenerateOptions extends SamplingOptions, RunOptions {
  /** Slug of another model than the client's. */
  model?: string;
  /**
   * Number of samples: seeds `seed` to `seed + nSamples - 1`.
   * @default {1}
   */
  nSamples?: number;
  /**
   * The first seed. `null` sends no seeds; samples are then only numbered, from 0.
   * @default {0}
   */
  seed?: number | null;
  /**
   * Aborts the call, which then rejects with the signal's reason. Requests in flight are
   * abandoned, but billed.
   */
  signal?: AbortSignal;
}

/** Options of embeddings: the run options that apply to them. */
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
  /** Slug of the embedding model, such as `openai/text-embedding-3-small`. */
  model: string;
}

/** The options of clients and calls together. */
export type AllOptions = ClientOptions & GenerateOptions;
