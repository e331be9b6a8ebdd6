import { isHttpAddress } from "../options/is_http_address.ts";
import { requireQueueAddress } from "./require_queue_address.ts";
import type { MetricsOptions } from "./metrics_options.ts";

/** Options of a worker. */
export interface QueueWorkerOptions extends MetricsOptions {
  /** The address of the queue's Redis: `redis://…` or, with TLS, `rediss://…`. */
  readonly queue: string;
  /**
   * The most requests that it has in flight.
   * @default {64}
   */
  readonly concurrency?: number;
  /**
   * What it is called.
   * @default {"worker"}
   */
  readonly name?: string;
  /** The only address that it sends requests to; else the environment's `OPENROUTER_BASE_URL`, else OpenRouter's. */
  readonly baseUrl?: string;
  /** Its key; else the environment's `OPENROUTER_API_KEY`. */
  readonly apiKey?: string;
  /** The most worker threads; the number of processors, up to 4, where it is left out. */
  readonly workers?: number;
  /**
   * How long it counts as alive when nothing is heard of it, in milliseconds. What it had under way is then made by
   * another.
   * @default {15_000}
   */
  readonly leaseMs?: number;
  /** Told what the user should know; on stderr where it is left out. */
  readonly warn?: (message: string) => void;
}

/** Defaults of a worker, once. */
export const WORKER_DEFAULTS = {
  concurrency: 64,
  name: "worker",
  leaseMs: 15_000,
} as const;

type Checked =
  & QueueWorkerOptions
  & Required<
    Pick<QueueWorkerOptions, keyof typeof WORKER_DEFAULTS | "warn">
  >;

/**
 * Fills in the defaults of a worker.
 *
 * @throws {TypeError} Where an option is wrong.
 */
export function checkedOptions(options: QueueWorkerOptions): Checked {
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as QueueWorkerOptions;
  const checked = {
    warn: (message: string) => console.warn(`rollouts: ${message}`),
    ...WORKER_DEFAULTS,
    ...given,
  };
  const { queue, concurrency, leaseMs, metricsPort, baseUrl } = checked;
  requireQueueAddress(queue);
  requireInteger("concurrency", concurrency, 1, 10_000);
  requireInteger("leaseMs", leaseMs, 500, 600_000);
  if (metricsPort !== undefined) {
    requireInteger("metricsPort", metricsPort, 0, 65_535);
  }
  if (baseUrl !== undefined && !isHttpAddress(baseUrl)) {
    throw new TypeError(
      `baseUrl must be an http or https address without a user name, got ${baseUrl}`,
    );
  }
  return checked;
}

function requireInteger(
  name: string,
  value: number,
  min: number,
  max: number,
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TypeError(
    `${name} must be an integer between ${min} and ${max}, got ${value}`,
  );
}
