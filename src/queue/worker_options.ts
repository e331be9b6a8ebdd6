import { isHttpAddress } from "../options/is_http_address.ts";
import type { Logger } from "../logger.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import { requireInteger } from "./require_integer.ts";
import { requireRedisUrl } from "./require_redis_url.ts";
import type { MetricsOptions } from "./queue_metrics.ts";

/** Options of {@linkcode QueueWorker.start}. */
export interface QueueWorkerOptions extends MetricsOptions {
  /** The URL of the queue's Redis server: `redis://…` or, with TLS, `rediss://…`. */
  readonly queue: string;
  /**
   * The most requests in flight.
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
  /** The most worker threads. By default the number of processors, up to 4. */
  readonly workers?: number;
  /**
   * How long a silent worker counts as alive, in milliseconds. Then another worker sends its requests again.
   * @default {15_000}
   */
  readonly leaseMs?: number;
  /** Receives warnings. By default they go to stderr. */
  readonly logger?: Pick<Logger, "warn">;
}

/** Options of a worker, with defaults. */
export type ResolvedWorkerOptions =
  & QueueWorkerOptions
  & Required<
    Pick<QueueWorkerOptions, "concurrency" | "name" | "leaseMs" | "logger">
  >;

/**
 * Checks the options of a worker and fills in the defaults.
 *
 * @throws {TypeError} If an option is invalid.
 */
export function resolveWorkerOptions({
  concurrency = 64,
  name = "worker",
  leaseMs = 15_000,
  logger = stderrLogger,
  ...options
}: QueueWorkerOptions): ResolvedWorkerOptions {
  const { queue, metricsPort = 0, baseUrl } = options;
  requireRedisUrl(queue);
  requireInteger("concurrency", concurrency, 1, 10_000);
  requireInteger("leaseMs", leaseMs, 500, 600_000);
  requireInteger("metricsPort", metricsPort, 0, 65_535);
  if (baseUrl !== undefined && !isHttpAddress(baseUrl)) {
    throw new TypeError(
      `baseUrl must be an http or https address without a user name, got ${baseUrl}`,
    );
  }
  return { ...options, concurrency, name, leaseMs, logger };
}
