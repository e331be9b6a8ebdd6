import type { Queue } from "./npm_bullmq.ts";
import type { Redis } from "./npm_ioredis.ts";
import type { Outcome } from "../outcome.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { AttemptJob } from "./attempt_job.ts";
import { queueError } from "./redis_error.ts";

/** A job that is waited for. */
interface Pending {
  readonly job: AttemptJob;
  readonly resolve: (outcome: Outcome) => void;
}

/** What a board is made of. */
export interface JobBoardOptions {
  /** The address of Redis. */
  readonly url: string;
  /** A connection to it. */
  readonly redis: Redis;
  /** The queue. */
  readonly queue: Queue<AttemptJob, Outcome>;
}

/** How many jobs are looked at in one piece. */
const LOOK_AT_ONCE = 500;

/** The jobs that a coordinator has put on the queue, or found there, and waits for. */
export class JobBoard {
  readonly #options: JobBoardOptions;
  readonly #pending = new Map<string, Set<Pending>>();
  /** Jobs whose outcome was taken, and that are not removed yet. */
  readonly #taken = new Set<string>();

  /** Makes it; nothing is waited for yet. */
  constructor(options: JobBoardOptions) {
    this.#options = options;
  }

  /** How many jobs are waited for. */
  get size(): number {
    return this.#pending.size;
  }

  /**
   * Puts a job on the queue, or finds it there, waiting, under way or done, and waits for what comes of it.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  run(
    id: string,
    job: AttemptJob,
    signal: AbortSignalLike,
  ): Promise<Outcome> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener("abort", giveUp);
        const those = this.#pending.get(id);
        those?.delete(pending);
        if (those?.size === 0) this.#pending.delete(id);
      };
      const giveUp = () => {
        leave();
        reject(signal.reason);
      };
      const pending: Pending = {
        job,
        resolve: (outcome) => {
          leave();
          resolve(outcome);
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      const those = this.#pending.get(id) ?? new Set();
      this.#pending.set(id, those.add(pending));
      this.#put(id, job);
    });
  }

  /** A job has come to its end. */
  finish(id: string, outcome: Outcome): void {
    for (const pending of this.#pending.get(id) ?? []) {
      this.#taken.add(id);
      pending.resolve(outcome);
    }
  }

  /** A job has failed as a job: its workers were lost again and again. */
  fail(id: string, reason: string): void {
    this.finish(id, failed(`the queue gave the attempt up: ${reason}`));
  }

  /** Ends all waiting. */
  failAll(message: string): void {
    for (const id of this.#pending.keys()) {
      this.finish(id, failed(message, { retryable: false }));
    }
  }

  /**
   * Looks at all jobs: what was done and not heard of comes to its end here, and what is lost is put on the
   * queue again, or ended with `lost`.
   */
  async lookAll(lost: Outcome | null): Promise<void> {
    const ids = [...this.#pending.keys()];
    for (let i = 0; i < ids.length; i += LOOK_AT_ONCE) {
      await this.#look(ids.slice(i, i + LOOK_AT_ONCE), lost);
    }
  }

  /** Takes back what no worker has yet, and ends it with an outcome. */
  async withdrawAll(outcome: Outcome): Promise<void> {
    await Promise.all([...this.#pending.keys()].map(async (id) => {
      if (await this.#removeUnbegun(id)) this.finish(id, outcome);
    }));
  }

  /**
   * Removes a job that nobody wants any more. One whose outcome was not taken stays where a worker has
   * begun with it: it is paid, and waits for whoever asks for the sample again.
   */
  async remove(id: string): Promise<void> {
    if (this.#taken.delete(id)) await this.#options.queue.remove(id);
    else await this.#removeUnbegun(id);
  }

  async #removeUnbegun(id: string): Promise<boolean> {
    const { redis, queue } = this.#options;
    const key = queue.toKey(id);
    const [added, begun] = await redis.hmget(key, "timestamp", "processedOn");
    if (added === null || begun !== null) return false;
    return await queue.remove(id) === 1;
  }

  async #put(id: string, job: AttemptJob): Promise<void> {
    const { queue, url } = this.#options;
    try {
      if (await this.#look([id], null, { isNew: true })) return;
      await queue.add("attempt", job, { jobId: id, removeOnComplete: false });
    } catch (error) {
      this.finish(id, failed(queueError(url, error).message));
    }
  }

  /** Looks at jobs; whether the last of them is there. */
  async #look(
    ids: readonly string[],
    lost: Outcome | null,
    { isNew = false } = {},
  ): Promise<boolean> {
    const { redis, queue } = this.#options;
    const found = await Promise.all(ids.map((id) =>
      redis.hmget(
        queue.toKey(id),
        "timestamp",
        "finishedOn",
        "returnvalue",
        "failedReason",
      )
    ));
    let isThere = false;
    for (const [i, [added, finished, value, reason]] of found.entries()) {
      const id = ids[i]!;
      isThere = added !== null;
      if (finished !== null) {
        if (value != null) this.finish(id, JSON.parse(value));
        else this.fail(id, reason ?? "it failed");
      } else if (!isThere && !isNew) {
        if (lost !== null) this.finish(id, lost);
        else await this.#putAgain(id);
      }
    }
    return isThere;
  }

  async #putAgain(id: string): Promise<void> {
    const [first] = this.#pending.get(id) ?? [];
    if (first !== undefined) await this.#put(id, first.job);
  }
}

function failed(
  message: string,
  { retryable } = { retryable: true },
): Outcome {
  return { type: "failure", failure: { kind: "worker", message, retryable } };
}
