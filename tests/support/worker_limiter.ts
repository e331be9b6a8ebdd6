import { systemClock } from "../../src/util/clock.ts";
import {
  type AcquireRequest,
  DistributedLimiter,
  type DistributedPermit,
} from "../../src/queue/distributed_limiter.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import type { RedisServer } from "./redis_server.ts";

/** A request that tests override. */
export const REQUEST: AcquireRequest = {
  account: "account",
  model: "model",
  maxConcurrency: null,
  requestsPerMinute: null,
  maxCostUsd: null,
  worstCaseUsd: null,
};

/** The limiter of a worker, with its own connection. */
export class WorkerLimiter implements Disposable {
  readonly #limiter: DistributedLimiter;
  /** The connection. */
  readonly redis: Redis;

  constructor(server: RedisServer, worker: string, leaseMs = 60_000) {
    this.redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const clock = systemClock;
    const redis = this.redis;
    this.#limiter = new DistributedLimiter({ redis, worker, leaseMs, clock });
  }

  /** Acquires a permit. */
  async acquire(
    request: Partial<AcquireRequest> = {},
  ): Promise<DistributedPermit> {
    const { signal } = new AbortController();
    return await this.#limiter.acquire({ ...REQUEST, ...request }, signal);
  }

  /** Whether another request would have to wait, according to Redis. */
  async isFull(request: Partial<AcquireRequest> = {}): Promise<boolean> {
    const abort = new AbortController();
    const wait = this.#limiter.acquire(
      { ...REQUEST, ...request },
      abort.signal,
    );
    // Redis answers in order.
    for (let i = 0; i < 2; i++) await this.redis.ping();
    abort.abort(null);
    return await wait.then(
      async (permit) => {
        await permit.release(null);
        return false;
      },
      () => true,
    );
  }

  /** Closes the connection, as the death of a worker does. */
  [Symbol.dispose](): void {
    this.redis.disconnect();
  }
}
