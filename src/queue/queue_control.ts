import { Queue } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { connectRedis } from "./connect_redis.ts";
import { disconnectRedis } from "./disconnect_redis.ts";
import { ATTEMPTS, DRAINED, GATE, PREFIX } from "./queue_keys.ts";
import { requireQueueAddress } from "./require_queue_address.ts";
import { type Survey, takeSurvey } from "./survey.ts";

/** What is done with a queue that is drained. */
export interface DrainOptions {
  /** Whether results that wait for a coordinator are given up, too, though they are paid. */
  readonly results?: boolean;
  /** Whether what was spent is forgotten: the budget begins anew. */
  readonly spent?: boolean;
}

/**
 * Looks at a queue, and holds it.
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
    this.#queue = new Queue(ATTEMPTS, { connection: redis, prefix: PREFIX });
  }

  /**
   * Opens one.
   *
   * @param url The address of its Redis.
   * @param warn Told what the user should know; on stderr where it is left out.
   * @throws {TypeError} Where that is none.
   * @throws {QueueError} Where Redis cannot be used.
   */
  static async open(
    url: string,
    warn: (message: string) => void = (message) =>
      console.warn(`rollouts: ${message}`),
  ): Promise<QueueControl> {
    requireQueueAddress(url);
    return new QueueControl(await connectRedis({ url, warn }));
  }

  /** What there is in it. */
  status(): Promise<Survey> {
    return takeSurvey(this.#redis);
  }

  /** Workers take no more; what is under way comes to its end. */
  async pause(): Promise<void> {
    await this.#queue.pause();
  }

  /** They go on. */
  async resume(): Promise<void> {
    await this.#queue.resume();
  }

  /**
   * Takes out what waits for a worker, and has the runs that wait for it end with what they have.
   *
   * @returns How many attempts were taken out, and how many results given up.
   */
  async drain(
    { results = false, spent = false }: DrainOptions = {},
  ): Promise<{ readonly attempts: number; readonly results: number }> {
    const before = await this.status();
    await this.#queue.drain(true);
    const [seconds, micros] = await this.#redis.time();
    const nowMs = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    await this.#redis.set(DRAINED, nowMs);
    let givenUp = 0;
    for (const state of results ? ["completed", "failed"] as const : []) {
      const ids = await this.#queue.clean(0, 0, state);
      givenUp += ids.length;
    }
    if (spent) await this.#redis.hdel(`${GATE}:money`, "spent");
    return { attempts: before.waiting, results: givenUp };
  }

  /** Ends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await disconnectRedis(this.#redis);
    await this.#queue.close();
  }
}
