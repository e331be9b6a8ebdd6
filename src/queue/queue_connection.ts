import type { Outcome } from "../outcome.ts";
import { connectRedis, disconnectRedis } from "./connect_redis.ts";
import { defineScripts } from "./define_scripts.ts";
import renew from "./lua/renew.lua" with { type: "text" };
import subscriptions from "./lua/subscriptions.lua" with { type: "text" };
import unsubscribe from "./lua/unsubscribe.lua" with { type: "text" };
import { Queue, QueueEvents } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { PendingJobs } from "./pending_jobs.ts";
import { isOutOfMemory } from "./queue_error.ts";
import { JOBS, PREFIX, SUBSCRIBERS } from "./queue_keys.ts";
import { type QueueStats, readQueueStats } from "./queue_stats.ts";
import type { RequestJob } from "./request_job.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { withoutPassword } from "../util/without_password.ts";

/** How often a coordinator renews its lease and reads the stats of the queue, in milliseconds. */
const HEARTBEAT_MS = 2_000;

/** How often it compares all its jobs with the queue, in milliseconds. */
const RECONCILE_MS = 10_000;

/** How long a silent coordinator counts as alive, in milliseconds. */
const LEASE_MS = 15_000;

export interface QueueConnectionOptions {
  readonly url: string;
  /** Receives warnings, possibly the same one several times. */
  readonly warn: (message: string) => void;
  /** Receives the stats of the queue with each heartbeat. */
  readonly onStats: (stats: QueueStats) => void;
  /** Called when the queue was drained, with the outcome of all requests that were not sent. */
  readonly onDrained: (outcome: Outcome) => void;
  /** The clock of the heartbeat, by default the real one. */
  readonly clock?: Clock;
}

/** A coordinator's connection to a queue. It exists while the coordinator waits for something. */
export class QueueConnection {
  readonly #options: QueueConnectionOptions;
  readonly #redis: Redis;
  readonly #scripts;
  readonly #queue: Queue<RequestJob, Outcome>;
  readonly #name = `coordinator-${crypto.randomUUID()}`;
  /** By job id, how many calls of this coordinator wait for the sample. */
  readonly #subscriptions = new Map<string, number>();
  /** The jobs of {@linkcode #subscriptions} for which Redis had no memory. */
  readonly #unsubscribed = new Set<string>();
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #events: QueueEvents | null = null;
  #drainedAtMs: number | null = null;
  readonly pending: PendingJobs;

  private constructor(redis: Redis, options: QueueConnectionOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#redis = redis;
    this.#scripts = defineScripts(redis, SUBSCRIBERS, {
      renew: `${subscriptions}\n${renew}`,
      unsubscribe: `${subscriptions}\n${unsubscribe}`,
    });
    this.#queue = new Queue(JOBS, { connection: redis, prefix: PREFIX });
    this.#queue.on("error", () => {
      // `connectRedis` reports it.
    });
    this.pending = new PendingJobs({
      ...options,
      redis,
      queue: this.#queue,
      beforeAdd: (id) => this.#subscribeAgain(id),
    });
  }

  /**
   * Connects to a queue.
   *
   * @throws {QueueError} If the Redis server cannot be used.
   */
  static async open(options: QueueConnectionOptions): Promise<QueueConnection> {
    const redis = await connectRedis(options);
    const connection = new QueueConnection(redis, options);
    await connection.#listen();
    try {
      await connection.#heartbeat();
    } catch (error) {
      // The run pauses, as it does if that happens later.
      if (!isOutOfMemory(error)) throw error;
    }
    const reconcile = () => {
      connection.pending.reconcile(null).catch(() => {});
    };
    // Redis may have lost jobs, or sent events that did not arrive.
    redis.on("ready", reconcile);
    connection.#repeat(HEARTBEAT_MS, () => {
      connection.#heartbeat().catch(() => {});
    });
    connection.#repeat(RECONCILE_MS, reconcile);
    return connection;
  }

  stats(): Promise<QueueStats> {
    return readQueueStats(this.#redis);
  }

  /** Subscribes to the result of a job, so that it is kept. */
  async subscribe(id: string): Promise<void> {
    const count = this.#subscriptions.get(id) ?? 0;
    this.#subscriptions.set(id, count + 1);
    if (count > 0) return;
    this.#unsubscribed.add(id);
    try {
      await this.#subscribeAgain(id);
    } catch (error) {
      // The job is not added either before there is memory.
      if (!isOutOfMemory(error)) throw error;
    }
  }

  async #subscribeAgain(id: string): Promise<void> {
    if (!this.#unsubscribed.has(id)) return;
    await this.#redis.sadd(`${SUBSCRIBERS}:${id}`, this.#name);
    this.#unsubscribed.delete(id);
  }

  /** Ends a subscription. The last subscriber removes the job. */
  async unsubscribe(id: string): Promise<void> {
    const count = this.#subscriptions.get(id) ?? 1;
    if (count > 1) {
      this.#subscriptions.set(id, count - 1);
      return;
    }
    this.#subscriptions.delete(id);
    this.#unsubscribed.delete(id);
    const isLast = await this.#scripts.unsubscribe(this.#name, LEASE_MS, id);
    if (isLast === 1) await this.pending.remove(id);
  }

  /** Closes the connection. Jobs that are waited for fail. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.pending.failAll("the client was closed");
    await this.#events?.close().catch(() => {});
    await this.#queue.close().catch(() => {});
    await disconnectRedis(this.#redis);
  }

  /** Runs an action at an interval until the connection is closed. */
  async #repeat(ms: number, act: () => void): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#clock.sleep(ms, signal);
      } catch {
        return;
      }
      act();
    }
  }

  async #listen(): Promise<void> {
    const [last] = await this.#redis.xrevrange(
      this.#queue.toKey("events"),
      "+",
      "-",
      "COUNT",
      1,
    );
    const events = new QueueEvents(JOBS, {
      connection: this.#redis,
      prefix: PREFIX,
      // Not "$", which would lose the events between two reads.
      lastEventId: last?.[0] ?? "0-0",
    });
    this.#events = events;
    events.on("error", () => {
      // `connectRedis` reports it.
    });
    events.on("completed", ({ jobId, returnvalue }) => {
      // BullMQ's type is a string; the value is what the worker returned.
      this.pending.complete(jobId, returnvalue as unknown as Outcome);
    });
    events.on("failed", ({ jobId, failedReason }) => {
      this.pending.fail(jobId, failedReason);
    });
    await events.waitUntilReady();
  }

  async #heartbeat(): Promise<void> {
    const abandoned = await this.#scripts.renew(this.#name, LEASE_MS);
    for (const id of abandoned as string[]) await this.#queue.remove(id);
    const stats = await this.stats();
    this.#options.onStats(stats);
    await this.#checkDrained(stats);
    this.#warnWithoutWorker(stats);
  }

  async #checkDrained({ drainedAtMs }: QueueStats): Promise<void> {
    const before = this.#drainedAtMs ?? drainedAtMs;
    this.#drainedAtMs = drainedAtMs;
    if (drainedAtMs === before) return;
    const outcome = unsentOutcome("the queue was drained");
    this.#options.onDrained(outcome);
    await this.pending.reconcile(outcome);
    // Jobs that were added since then are not to be sent either.
    await this.pending.withdrawAll(outcome);
  }

  #warnWithoutWorker({ workers, paused }: QueueStats): void {
    const { warn } = this.#options;
    if (this.pending.size === 0) return;
    if (paused) {
      warn("the queue is paused; to continue, run: rollouts queue resume");
    }
    if (workers === 0) {
      const url = withoutPassword(this.#options.url);
      warn(
        "waiting for a worker: the queue has none; start one, here or on another machine: " +
          `rollouts worker --queue ${url}`,
      );
    }
  }
}

/** The outcome of a request that was withdrawn. */
export function unsentOutcome(reason: string): Outcome {
  const message = `not requested: ${reason}`;
  return {
    type: "failure",
    failure: { kind: "unsent", why: "stopped", message },
  };
}
