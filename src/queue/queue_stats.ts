import { STATS_SCRIPT } from "./limiter_scripts.ts";
import type { Redis } from "./npm_ioredis.ts";
import { DRAINED_AT, JOBS, LIMITS, PREFIX } from "./queue_keys.ts";

/** The state of a queue. */
export interface QueueStats {
  /** Live workers. */
  readonly workers: number;
  /** How many requests all workers together can have in flight. */
  readonly capacity: number;
  /** Requests in flight. */
  readonly inFlight: number;
  /** The limit of requests in flight, over all accounts. */
  readonly limit: number;
  /** The cost of all requests so far, in US dollars. */
  readonly spentUsd: number;
  /** The maximum cost of the requests in flight, in US dollars; 0 without a budget. */
  readonly reservedUsd: number;
  /** Requests that wait for a worker. */
  readonly waiting: number;
  /** Requests that a worker has taken. */
  readonly active: number;
  /** Results that wait for a coordinator. */
  readonly results: number;
  /** Whether the queue is paused, so that workers take no more requests. */
  readonly paused: boolean;
  /** When the queue was last drained, by the clock of Redis, in Unix milliseconds; 0 for never. */
  readonly drainedAtMs: number;
}

/** Reads the state of a queue. */
export async function readQueueStats(redis: Redis): Promise<QueueStats> {
  const key = (name: string) => `${PREFIX}:${JOBS}:${name}`;
  const [limits, wait, held, active, completed, failed, paused, drainedAt] =
    await Promise.all([
      redis.eval(STATS_SCRIPT, 1, LIMITS) as Promise<
        [number, number, number, number, string, string]
      >,
      redis.llen(key("wait")),
      redis.llen(key("paused")),
      redis.llen(key("active")),
      redis.zcard(key("completed")),
      redis.zcard(key("failed")),
      redis.hexists(key("meta"), "paused"),
      redis.get(DRAINED_AT),
    ]);
  const [workers, capacity, inFlight, limit, spentUsd, reservedUsd] = limits;
  return {
    workers,
    capacity,
    inFlight,
    limit,
    spentUsd: Number(spentUsd),
    reservedUsd: Number(reservedUsd),
    waiting: wait + held,
    active,
    results: completed + failed,
    paused: paused === 1,
    drainedAtMs: Number(drainedAt ?? 0),
  };
}
