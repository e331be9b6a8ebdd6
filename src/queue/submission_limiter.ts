import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { Limiter, Permit } from "../limiter.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** Jobs that wait for the first worker to start. */
const MIN_JOBS = 64;

/** Bounds the memory of a coordinator. */
const MAX_JOBS = 65_536;

/**
 * Limits the jobs of a coordinator that are in the queue or in flight: to twice the requests that the workers can
 * have in flight, so that no worker waits for a job.
 */
export class SubmissionLimiter implements Limiter {
  readonly #max: number;
  readonly #queue = new WaitQueue();
  #limit: number;
  #inFlight = 0;

  /** @param maxConcurrency The user's limit of requests in flight, or `undefined`. */
  constructor(maxConcurrency: number | undefined) {
    this.#max = Math.min(MAX_JOBS, 2 * (maxConcurrency ?? MAX_JOBS));
    this.#limit = Math.min(this.#max, MIN_JOBS);
  }

  get limit(): number {
    return this.#limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Adapts the limit to the requests that the workers can have in flight. */
  setCapacity(capacity: number): void {
    this.#limit = Math.min(this.#max, Math.max(MIN_JOBS, 2 * capacity));
    this.#admit();
  }

  async acquire(signal: AbortSignalLike): Promise<Permit> {
    signal.throwIfAborted();
    const permit = this.tryAcquire();
    if (permit !== null) return permit;
    await this.#queue.wait(signal);
    return this.#permit();
  }

  tryAcquire(): Permit | null {
    if (this.#queue.length > 0 || this.#inFlight >= this.#limit) return null;
    this.#inFlight++;
    return this.#permit();
  }

  #permit(): Permit {
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#inFlight--;
        this.#admit();
      },
    };
  }

  #admit(): void {
    while (this.#queue.length > 0 && this.#inFlight < this.#limit) {
      this.#inFlight++;
      this.#queue.admitNext();
    }
  }
}
