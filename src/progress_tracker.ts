import type { Limiter } from "./limiter.ts";
import type { Response } from "./response.ts";
import type { Progress } from "./progress.ts";

/** What a tracker reads and tells. */
export interface ProgressTrackerOptions {
  /** Samples asked for. */
  readonly total: number;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /** Counts the requests in flight. */
  readonly limiter: Pick<Limiter, "inFlight" | "limit">;
  /** Told of each change. */
  readonly listeners: readonly ((progress: Progress) => void)[];
  /** Told when a listener throws: that must not cost a sample. */
  readonly onListenerError: (error: unknown) => void;
}

/** Counts what has become of the samples of a call. */
export class ProgressTracker {
  readonly #options: ProgressTrackerOptions;
  readonly #startMs: number;
  #done = 0;
  #cached = 0;
  #failed = 0;
  #costUsd = 0;

  /** Starts the count, and tells it. */
  constructor(options: ProgressTrackerOptions) {
    this.#options = options;
    this.#startMs = options.now();
  }

  /** Counts samples from the cache. */
  addCached(count: number): void {
    this.#done += count;
    this.#cached += count;
    this.#tell();
  }

  /** Counts a new sample. */
  addSampled(response: Response): void {
    this.#done++;
    this.#costUsd += response.usage.cost ?? 0;
    this.#tell();
  }

  /** Counts a sample that failed for good. */
  addFailed(): void {
    this.#failed++;
    this.#tell();
  }

  #tell(): void {
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
        // One that is asynchronous, which no type forbids, may fail later.
        Promise.resolve(listen(progress)).catch(onListenerError);
      } catch (error) {
        onListenerError(error);
      }
    }
  }
}
