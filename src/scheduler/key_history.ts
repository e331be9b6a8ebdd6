import type { Limiter } from "../limiter.ts";

/** After this many answers, a rejected key may be a passing failure of the server. */
const TRUSTED_AFTER = 100;

/** Counts the answers of each account, whose limiter identifies it. */
export class KeyHistory {
  readonly #answers = new WeakMap<Limiter, number>();

  add(limiter: Limiter): void {
    this.#answers.set(limiter, (this.#answers.get(limiter) ?? 0) + 1);
  }

  /**
   * Returns a function for one sample, which returns whether to try a rejected key again: once, if the
   * key has been accepted often.
   */
  retryOnce(limiter: Limiter): () => boolean {
    let wasRejected = false;
    return () => {
      if (wasRejected) return false;
      wasRejected = true;
      return (this.#answers.get(limiter) ?? 0) >= TRUSTED_AFTER;
    };
  }
}
