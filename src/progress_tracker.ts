import type { Limiter } from "./limiter.ts";
import type { Progress } from "./progress.ts";
import type { Response } from "./response.ts";

/** Options of {@linkcode ProgressTracker}. */
export interface ProgressTrackerOptions {
  /** The number of requested samples. */
  readonly total: number;
  /** Returns the time in milliseconds. */
  readonly now: () => number;
  readonly limiter: Pick<Limiter, "inFlight" | "limit">;
  /** Called at each change. */
  readonly listeners: readonly ((progress: Progress) => void)[];
  /** Called if a listener throws: the sample must not be lost. */
  readonly onListenerError: (error: unknown) => void;
}

/** Counts the finished samples of a call and notifies listeners. */
export class ProgressTracker {
  readonly #options: ProgressTrackerOptions;
  readonly #startMs: number;
  #done = 0;
  #cached = 0;
  #failed = 0;
  #costUsd = 0;

  constructor(options: ProgressTrackerOptions) {
    this.#options = options;
    this.#startMs = options.now();
  }

  /** Counts samples from the cache. */
  addCached(count: number): void {
    this.#done += count;
    this.#cached += count;
    this.#notify();
  }

  /** Counts a new sample. */
  addSampled(response: Response): void {
    this.#done++;
    this.#costUsd += response.usage.cost ?? 0;
    this.#notify();
  }

  /** Counts a sample that failed permanently. */
  addFailed(): void {
    this.#failed++;
    this.#notify();
  }

  #notify(): void {
    const { total, now, limiter, listeners, onListenerError } = this.#options;
    if (listeners.length === 0) return;
    const progress: Progress = {
      total,
      done: this.#done,
      cached: this.#cached,
      failed: this.#failed,
      inFlight: limiter.inFlight,
      inFlightLimit: limiter.limit,
      costUsd: this.#costUsd,
      elapsedMs: now() - this.#startMs,
    };
    for (const listen of listeners) {
      try {
        // A listener may be asynchronous and fail later.
        Promise.resolve(listen(progress)).catch(onListenerError);
      } catch (error) {
        onListenerError(error);
      }
    }
  }
}
