import type { Logger } from "../logger.ts";
import type { MetricsOptions } from "./queue_metrics.ts";

/** Options of {@linkcode QueueWorker.start}. */
export interface QueueWorkerOptions extends MetricsOptions {
  /** The URL of the queue's Redis server: `redis://…` or, with TLS, `rediss://…`. */
  readonly queue: string;
  /**
   * The maximum number of requests in flight.
   * @default {64}
   */
  readonly concurrency?: number;
  /**
   * The name of the worker.
   * @default {"worker"}
   */
  readonly name?: string;
  /** The only base URL that the worker sends requests to. By default `OPENROUTER_BASE_URL`, else OpenRouter's. */
  readonly baseUrl?: string;
  /** The API key. By default `OPENROUTER_API_KEY`. */
  readonly apiKey?: string;
  /** Other hosts that may get the API key: see `ClientOptions.sendKeyTo`. */
  readonly sendKeyTo?: string | readonly string[];
  /** The maximum number of worker threads. By default, the number of processors, up to 4. */
  readonly workers?: number;
  /**
   * How long a silent worker counts as alive, in milliseconds. Then another worker sends its requests again.
   * @default {15_000}
   */
  readonly leaseMs?: number;
  /** Receives warnings. By default they go to stderr. */
  readonly logger?: Pick<Logger, "warn">;
}
