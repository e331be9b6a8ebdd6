import type { Progress } from "./progress.ts";

/** What a sum is made of. */
export interface ProgressSumOptions {
  /** Samples asked for, of all calls. */
  readonly total: number;
  /** The time, in milliseconds. */
  readonly now: () => number;
}

/** The progress of several calls as that of one. */
export class ProgressSum {
  readonly #total: number;
  readonly #now: () => number;
  readonly #startMs: number;
  #latest: Progress;

  /** Starts the sum. */
  constructor({ total, now }: ProgressSumOptions) {
    this.#total = total;
    this.#now = now;
    this.#startMs = now();
    this.#latest = {
      total,
      done: 0,
      cached: 0,
      failed: 0,
      inFlight: 0,
      inFlightLimit: 0,
      costUsd: 0,
      elapsedMs: 0,
    };
  }

  /** The sum so far. */
  get latest(): Progress {
    return this.#latest;
  }

  /** A listener for one call, which adds what is new in its progress, tells the sum, and returns what that returned. */
  listener(tell: (sum: Progress) => unknown): (progress: Progress) => unknown {
    let before = { done: 0, cached: 0, failed: 0, costUsd: 0 };
    return (progress) => {
      const { done, cached, failed, costUsd } = this.#latest;
      this.#latest = {
        total: this.#total,
        done: done + progress.done - before.done,
        cached: cached + progress.cached - before.cached,
        failed: failed + progress.failed - before.failed,
        // Calls share what is in flight: each knows of all.
        inFlight: progress.inFlight,
        inFlightLimit: progress.inFlightLimit,
        costUsd: costUsd + progress.costUsd - before.costUsd,
        elapsedMs: this.#now() - this.#startMs,
      };
      before = progress;
      return tell(this.#latest);
    };
  }
}
