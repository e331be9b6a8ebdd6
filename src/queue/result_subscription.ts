import type { SampleLock } from "../sample_lock.ts";

/** Options of {@linkcode ResultSubscription}. */
export interface ResultSubscriptionOptions {
  /** Subscribes this coordinator to the result. */
  readonly subscribe: () => Promise<void>;
  /** Ends the subscription. */
  readonly unsubscribe: () => Promise<void>;
  /** Called when the lock is disposed of. */
  readonly onDispose: () => void;
}

/**
 * The lock of a sample that is requested through a queue. Everyone acquires it, since all requests for a
 * sample share one job. Holding it keeps the job's result until this coordinator has stored it.
 */
export class ResultSubscription implements SampleLock {
  readonly #options: ResultSubscriptionOptions;
  #isHeld = false;
  #isDisposed = false;

  constructor(options: ResultSubscriptionOptions) {
    this.#options = options;
  }

  peek(): "free" {
    return "free";
  }

  async acquire(): Promise<"acquired"> {
    this.#isHeld = true;
    await this.#options.subscribe();
    return "acquired";
  }

  async release(): Promise<void> {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    await this.#options.unsubscribe();
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.release().finally(this.#options.onDispose);
  }
}
