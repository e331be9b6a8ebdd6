import { checkQueueOptions } from "./check_queue_options.ts";
import { connectRedis, disconnectRedis } from "./connect_redis.ts";
import { Queue } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { DRAINED_AT, JOBS, LIMITS, PREFIX } from "./queue_keys.ts";
import type { Logger } from "../logger.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import { type QueueStats, readQueueStats } from "./queue_stats.ts";

/** Options of {@linkcode QueueControl.drain}. */
export interface DrainOptions {
  /** Whether to discard the results that wait for a coordinator, although they are paid for. */
  readonly results?: boolean;
  /** Whether to reset the money spent, so that the budget starts at zero. */
  readonly spent?: boolean;
}

/**
 * Shows and controls a queue.
 *
 * @example
 * ```ts ignore
 * import { QueueControl } from "@rollouts/client/queue";
 *
 * await using queue = await QueueControl.open("redis://127.0.0.1");
 * console.log((await queue.status()).waiting);
 * ```
 */
export class QueueControl implements AsyncDisposable {
  readonly #redis: Redis;
  readonly #queue: Queue;

  private constructor(redis: Redis) {
    this.#redis = redis;
    this.#queue = new Queue(JOBS, { connection: redis, prefix: PREFIX });
  }

  /**
   * Connects to a queue.
   *
   * @param url The URL of its Redis server.
   * @param options `logger` receives warnings. By default they go to stderr.
   * @throws {TypeError} If the URL is not that of a Redis server.
   * @throws {QueueError} If the Redis server cannot be used.
   */
  static async open(
    url: string,
    { logger = stderrLogger }: { readonly logger?: Pick<Logger, "warn"> } = {},
  ): Promise<QueueControl> {
    checkQueueOptions({ queue: url });
    const warn = (message: string) => logger.warn(message);
    return new QueueControl(await connectRedis({ url, warn }));
  }

  /** Reads the state of the queue. */
  status(): Promise<QueueStats> {
    return readQueueStats(this.#redis);
  }

  /** Pauses the queue: workers take no more requests, and finish those in flight. */
  async pause(): Promise<void> {
    await this.#queue.pause();
  }

  /** Resumes a paused queue. */
  async resume(): Promise<void> {
    await this.#queue.resume();
  }

  /**
   * Removes the waiting requests. The runs that added them end with the samples that they have.
   *
   * @returns The number of requests removed, and of results discarded.
   */
  async drain(
    { results = false, spent = false }: DrainOptions = {},
  ): Promise<{ readonly attempts: number; readonly results: number }> {
    const { waiting } = await this.status();
    await this.#queue.drain(true);
    const [seconds, micros] = await this.#redis.time();
    const nowMs = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    await this.#redis.set(DRAINED_AT, nowMs);
    let discarded = 0;
    for (const state of results ? ["completed", "failed"] as const : []) {
      discarded += (await this.#queue.clean(0, 0, state)).length;
    }
    if (spent) await this.#redis.hdel(`${LIMITS}:budget`, "spent");
    return { attempts: waiting, results: discarded };
  }

  /** Closes the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await disconnectRedis(this.#redis);
    await this.#queue.close();
  }
}
