import type { AbortSignalLike } from "../abort_signal_like.ts";
import { abortable } from "./abortable.ts";

interface Waiter {
  /** `null` after it was admitted or its signal was aborted. */
  admit: (() => void) | null;
}

/** A first-come, first-served queue of callers. */
export class WaitQueue {
  // Aborted waiters stay in the list until their turn.
  #waiters: Waiter[] = [];
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * Resolves when it is this caller's turn.
   *
   * @throws The signal's reason, if it is aborted first.
   */
  wait(signal: AbortSignalLike): Promise<void> {
    return abortable(signal, (resolve) => {
      const waiter: Waiter = { admit: resolve };
      this.#waiters.push(waiter);
      this.#length++;
      return () => {
        waiter.admit = null;
        this.#length--;
      };
    });
  }

  /** Admits the caller that has waited longest. */
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

  /** Admits all callers that wait now, so that each checks again whether there is room for it. */
  admitAll(): void {
    for (let i = this.#length; i > 0; i--) this.admitNext();
  }
}
