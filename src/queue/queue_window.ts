import type { Limiter, Permit } from "../limiter.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** So that there is something to take for the first worker that comes. */
const LEAST = 64;

/** So that a coordinator's memory is bounded. */
const MOST = 65_536;

/** How many of a coordinator's attempts stand in the queue or are in flight: twice as many as the workers can have in flight, so that none of them waits for work. */
export class QueueWindow implements Limiter {
  readonly #most: number;
  readonly #queue = new WaitQueue();
  #limit: number;
  #inFlight = 0;

  /** Makes it; `maxConcurrency` is the user's limit of requests in flight, undefined where there is none. */
  constructor(maxConcurrency: number | undefined) {
    this.#most = Math.min(MOST, 2 * (maxConcurrency ?? MOST));
    this.#limit = Math.min(this.#most, LEAST);
  }

  /** How many there may be. */
  get limit(): number {
    return this.#limit;
  }

  /** How many there are. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** The workers can have so many requests in flight. */
  setPlaces(places: number): void {
    this.#limit = Math.min(this.#most, Math.max(LEAST, 2 * places));
    this.#admit();
  }

  /**
   * Waits for a place, in turn.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  async acquire(signal: AbortSignalLike): Promise<Permit> {
    signal.throwIfAborted();
    const slot = this.tryAcquire();
    if (slot !== null) return slot;
    await this.#queue.wait(signal);
    return this.#slot();
  }

  /** A place, where there is one at once; null where others wait or none is free. */
  tryAcquire(): Permit | null {
    if (this.#queue.length > 0 || this.#inFlight >= this.#limit) return null;
    this.#inFlight++;
    return this.#slot();
  }

  #slot(): Permit {
    let left = false;
    return {
      release: () => {
        if (left) return;
        left = true;
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
