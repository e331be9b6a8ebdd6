import type { SampledOptions } from "../sampling_options.ts";
import { isApiKey } from "./is_api_key.ts";
import { BASE_URL } from "./base_url.ts";
import type { OptionRows } from "./option_row.ts";
import type { ClientOptions, GenerateOptions, RunOptions } from "./options.ts";
import { SERVER_NAMES } from "../server_name.ts";
import { SAMPLING_ROWS } from "./sampling_rows.ts";
import {
  ABORT_SIGNAL,
  BOOLEAN,
  FUNCTION,
  HOSTS,
  integer,
  number,
  objectThat,
  objectWithMethods,
  oneOf,
  orNone,
  PATHS,
  textThat,
} from "./value_type.ts";

const COUNT = integer({ min: 1 });
const POSITIVE = number({ over: 0 });
const OFF = { type: BOOLEAN, default: false };
const ON = { type: BOOLEAN, default: true };
const CEILING = { isCeiling: true } as const;

/**
 * Every option, by its scope: of one call, of the samples (part of the cache key), of how they are
 * requested and stored, and of a client. To add an option, add it to its interface and to this table.
 */
export const OPTION_TABLE = {
  call: {
    nSamples: {
      type: integer({ min: 1, max: 10_000_000 }),
      default: 1,
      replaces: "n",
      short: "n",
      help: "number of samples",
    },
    seed: {
      type: orNone(integer({ min: 0 })),
      default: 0,
      replaces: "seed",
      help: "first seed; none sends no seed",
    },
    signal: { type: ABORT_SIGNAL, help: "aborts the call" },
  },
  sampling: SAMPLING_ROWS,
  run: {
    requireContinuation: {
      setBy: "row",
      ...OFF,
      help: "fail samples that do not continue the prefill",
    },
    allowUnsupportedPrefill: {
      setBy: "row",
      ...OFF,
      help: "send a prefill to models known not to continue it",
    },
    apiKey: {
      setBy: "variable",
      type: textThat(isApiKey, {
        expected: "visible ASCII characters without a space or a line end",
        isSecret: true,
      }),
      hasNoFlag: true,
      help: "API key",
    },
    baseUrl: {
      setBy: "trusted file",
      type: BASE_URL,
      help: "address of the API",
    },
    server: {
      // Too many for a line of help.
      type: { ...oneOf(...SERVER_NAMES), range: null },
      help: "kind of server at --base-url, such as vllm",
    },
    maxRetries: {
      type: integer({ min: 0 }),
      default: 100,
      help: "retries of a failed request",
    },
    timeoutMs: {
      // The longest timer that the runtime supports: 25 days.
      type: number({ over: 0, max: 2 ** 31 - 1 }),
      default: 300_000,
      help: "time per attempt in ms",
    },
    maxElapsedMs: {
      type: POSITIVE,
      help: "time per sample with retries in ms",
    },
    maxTimeoutRetries: {
      type: integer({ min: 0 }),
      default: 2,
      help: "retries of attempts that timed out",
    },
    maxRetryAfterMs: {
      type: number({ min: 0 }),
      default: 3_600_000,
      help: "longest accepted Retry-After, in ms",
    },
    maxAnswerBytes: {
      type: COUNT,
      default: 64 * 1024 * 1024,
      help: "maximum bytes of an answer",
    },
    allowUnboundedCost: {
      ...OFF,
      setBy: "trusted file",
      help: "send requests whose cost has no known bound",
    },
    maxCostUsd: { ...CEILING, type: POSITIVE, help: "budget, in US dollars" },
    requestsPerMinute: {
      type: number({ min: 0.001, max: 1e7 }),
      ...CEILING,
      help: "maximum requests in any 60 seconds",
    },
    maxConcurrency: {
      type: COUNT,
      ...CEILING,
      help: "maximum requests in flight; adaptive by default",
    },
    useCache: { ...ON, help: "store samples, and read stored ones" },
    cacheDir: {
      type: PATHS,
      default: ".rollouts",
      help: "cache directory; only the first is written",
    },
    cacheOnly: {
      ...OFF,
      help: "request nothing; missing samples are errors",
    },
    durable: { ...OFF, help: "flush each sample to the disk (fsync)" },
    onCacheError: {
      type: oneOf("stop", "continue"),
      default: "stop",
      help: "if a sample cannot be stored",
    },
    progressBar: { ...ON, help: "draw a progress bar on a terminal" },
    onProgress: { type: FUNCTION, help: "called when the progress changes" },
    logger: {
      type: objectWithMethods(["debug", "info", "warn", "error"]),
      help: "receives the messages of the library",
    },
    logLevel: {
      type: oneOf("debug", "info", "warn", "error", "off"),
      default: "warn",
      help: "log level",
    },
    verbose: { ...OFF, help: "log details to stderr" },
  },
  client: {
    workers: {
      setBy: "file",
      type: integer({ min: 0 }),
      help: "worker threads; 0 sends requests from the main thread",
    },
    transport: {
      type: objectWithMethods(["send"]),
      help: "sends requests instead of the worker pool",
    },
    fetch: {
      type: FUNCTION,
      help: "sends requests instead of the global fetch",
    },
    sendKeyTo: {
      setBy: "variable",
      type: HOSTS,
      help: "other hosts that can receive the API key",
    },
    headers: {
      type: objectThat(
        (value) =>
          Object.values(value).every((text) => typeof text === "string"),
        "an object of strings",
      ),
      help: "additional headers of each request",
    },
  },
} satisfies {
  call: OptionRows<
    Omit<GenerateOptions, keyof RunOptions | keyof SampledOptions>
  >;
  sampling: typeof SAMPLING_ROWS;
  run: OptionRows<RunOptions>;
  client: OptionRows<
    Omit<ClientOptions, keyof RunOptions | keyof SampledOptions>
  >;
};
