import type { AbortSignalLike } from "../abort_signal_like.ts";

interface Waiter {
  /** Null once it has been admitted or has given up. */
  admit: (() => void) | null;
}

/** First come, first served: those who wait for their turn, each of whom may give up. */
export class WaitQueue {
  // Those who gave up stay in the list, as nobody, until their turn would have come.
  #waiters: Waiter[] = [];
  #first = 0;
  #length = 0;

  /** How many wait. */
  get length(): number {
    return this.#length;
  }

  /**
   * Resolves when it is this caller's turn.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  wait(signal: AbortSignalLike): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = () => {
        // A combined signal calls its listener once for each of its signals.
        signal.removeEventListener("abort", giveUp);
        waiter.admit = null;
        this.#length--;
        reject(signal.reason);
      };
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiters.push(waiter);
      this.#length++;
    });
  }

  /** Lets the one who has waited longest go on. */
  admitNext(): void {
    while (this.#first < this.#waiters.length) {
      const waiter = this.#waiters[this.#first++]!;
      if (waiter.admit === null) continue;
      waiter.admit();
      waiter.admit = null;
      this.#length--;
      break;
    }
    if (this.#first * 2 >= this.#waiters.length) {
      this.#waiters = this.#waiters.slice(this.#first);
      this.#first = 0;
    }
  }
}
