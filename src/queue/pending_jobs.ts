import type { AbortSignalLike } from "../abort_signal_like.ts";
import { type Outcome, workerFailure } from "../outcome.ts";
import { abortable } from "../util/abortable.ts";
import type { Queue } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import { systemClock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { QUARANTINED } from "./check_job.ts";
import { isOutOfMemory, queueError } from "./queue_error.ts";
import type { RequestJob } from "./request_job.ts";

/** A caller that waits for a job. */
interface Waiter {
  readonly job: RequestJob;
  readonly resolve: (outcome: Outcome) => void;
}

export interface PendingJobsOptions {
  /** The URL of the Redis server, for messages. */
  readonly url: string;
  readonly redis: Redis;
  readonly queue: Queue<RequestJob, Outcome>;
  /** Receives warnings, possibly the same one several times. */
  readonly warn: (message: string) => void;
  readonly beforeAdd: (id: string) => Promise<void>;
}

/** How long to wait before a job is added again to a Redis that is out of memory, in milliseconds. */
const MEMORY_WAIT_MS = 1_000;

const NEVER = new LightAbortController();

/** How many jobs are read in one batch. */
const BATCH_SIZE = 500;

/** The jobs that a coordinator waits for, whether it or another one added them to the queue. */
export class PendingJobs {
  readonly #options: PendingJobsOptions;
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #adding = new Set<string>();
  /** Jobs whose outcome was delivered, but that are not removed yet. */
  readonly #delivered = new Set<string>();

  constructor(options: PendingJobsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /**
   * Adds a job, unless the queue has it already, and waits for its outcome.
   *
   * @throws The signal's reason, if it is aborted first.
   */
  run(
    id: string,
    job: RequestJob,
    signal: AbortSignalLike,
  ): Promise<Outcome> {
    return abortable(signal, (resolve) => {
      const waiters = this.#waiters.get(id) ?? new Set();
      const waiter: Waiter = {
        job,
        resolve: (outcome) => {
          remove();
          resolve(outcome);
        },
      };
      const remove = () => {
        waiters.delete(waiter);
        if (waiters.size === 0) this.#waiters.delete(id);
      };
      this.#waiters.set(id, waiters.add(waiter));
      this.#add(id, job);
      return remove;
    });
  }

  complete(id: string, outcome: Outcome): void {
    for (const waiter of this.#waiters.get(id) ?? []) {
      this.#delivered.add(id);
      waiter.resolve(outcome);
    }
  }

  /** Delivers the failure of a job that lost its worker too often, or is not a request. */
  fail(id: string, reason: string): void {
    this.complete(
      id,
      workerFailure(`the queue gave up the request: ${reason}`, {
        retryable: !reason.startsWith(QUARANTINED),
      }),
    );
  }

  failAll(message: string): void {
    const outcome = workerFailure(message, { retryable: false });
    for (const id of this.#waiters.keys()) this.complete(id, outcome);
  }

  /**
   * Compares all jobs with the queue, since events can be lost. Finished jobs are delivered. Jobs that are not
   * in the queue are added again, or delivered with the outcome `missing`.
   */
  async reconcile(missing: Outcome | null): Promise<void> {
    const ids = [...this.#waiters.keys()];
    for (let i = 0; i < ids.length; i += BATCH_SIZE) {
      await Promise.all(
        ids.slice(i, i + BATCH_SIZE).map(async (id) => {
          if (await this.#find(id)) return;
          if (missing !== null) return this.complete(id, missing);
          const [waiter] = this.#waiters.get(id) ?? [];
          if (waiter !== undefined) await this.#add(id, waiter.job);
        }),
      );
    }
  }

  /** Removes the jobs that no worker has started, and delivers an outcome for them. */
  async withdrawAll(outcome: Outcome): Promise<void> {
    await Promise.all([...this.#waiters.keys()].map(async (id) => {
      if (await this.#removeUnbegun(id)) this.complete(id, outcome);
    }));
  }

  /**
   * Removes a job without subscribers. If a worker has begun with it and its outcome was not
   * delivered, it stays: the answer is paid for, and the next request for the sample finds it.
   */
  async remove(id: string): Promise<void> {
    if (this.#delivered.delete(id)) await this.#options.queue.remove(id);
    else await this.#removeUnbegun(id);
  }

  async #removeUnbegun(id: string): Promise<boolean> {
    const { redis, queue } = this.#options;
    const key = queue.toKey(id);
    const [added, begun] = await redis.hmget(key, "timestamp", "processedOn");
    if (added === null || begun !== null) return false;
    return await queue.remove(id) === 1;
  }

  async #add(id: string, job: RequestJob): Promise<void> {
    if (this.#adding.has(id)) return;
    this.#adding.add(id);
    try {
      await this.#addWhenPossible(id, job);
    } finally {
      this.#adding.delete(id);
    }
  }

  /** Pauses while Redis is out of memory. */
  async #addWhenPossible(id: string, job: RequestJob): Promise<void> {
    const { queue, url, warn, beforeAdd } = this.#options;
    while (this.#waiters.has(id)) {
      try {
        await beforeAdd(id);
        if (await this.#find(id)) return;
        await queue.add("request", job, { jobId: id, removeOnComplete: false });
        return;
      } catch (error) {
        const { message } = queueError(url, error);
        if (!isOutOfMemory(error)) {
          this.complete(id, workerFailure(message, { retryable: true }));
          return;
        }
        warn(`${message}; no requests are added until it has memory`);
        await systemClock.sleep(MEMORY_WAIT_MS, NEVER);
      }
    }
  }

  /** Returns whether the queue has a job, and delivers its outcome if it is finished. */
  async #find(id: string): Promise<boolean> {
    const { redis, queue } = this.#options;
    const [added, finished, value, reason] = await redis.hmget(
      queue.toKey(id),
      ...["timestamp", "finishedOn", "returnvalue", "failedReason"],
    );
    if (finished != null) {
      if (value != null) this.complete(id, JSON.parse(value));
      else this.fail(id, reason ?? "it failed");
    }
    return added !== null;
  }
}
