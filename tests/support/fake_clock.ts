import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/util/clock.ts";
import type { AbortSignalLike } from "../../src/abort_signal_like.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that advances only when a test advances it. */
export class FakeClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  readonly #awaited = new Set<{ sleeping: number; resolve: () => void }>();
  #now = 0;

  /** The number of calls that sleep. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** Resolves when exactly that many calls sleep. */
  untilSleeping(sleeping: number): Promise<void> {
    if (this.sleeping === sleeping) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.add({ sleeping, resolve }));
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignalLike): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        this.#remove(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
      this.#report();
    });
  }

  /** Advances the time from one wake-up to the next, and runs everything that follows from each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    // The event loop turns only when no promise can continue.
    await setImmediate();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#remove(next);
      next.wake();
      await setImmediate();
    }
    this.#now = end;
  }

  #next(end: number): Sleeper | undefined {
    return [...this.#sleepers].filter(({ at }) => at <= end)
      .sort((a, b) => a.at - b.at)[0];
  }

  #remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper);
    this.#report();
  }

  #report(): void {
    for (const awaited of this.#awaited) {
      if (awaited.sleeping !== this.sleeping) continue;
      this.#awaited.delete(awaited);
      awaited.resolve();
    }
  }
}
