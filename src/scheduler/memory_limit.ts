import type { AbortSignalLike } from "../abort_signal_like.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** The maximum number of characters of the bodies in flight: each takes many times its length, in several threads. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Shorter bodies do not count: as many as can be in flight take less memory than the limit. */
const FREE_LENGTH = 32 * 1024;

/** Limits the memory that requests in flight take. A body above the limit is sent alone. */
export class MemoryLimit {
  readonly #queue = new WaitQueue();
  #inFlight = 0;

  /** Returns whether a body has to be admitted at all. */
  counts(length: number): boolean {
    return length > FREE_LENGTH;
  }

  /**
   * Waits until a body of this length may be sent.
   *
   * @returns Releases its memory.
   * @throws The signal's reason, if it is aborted first.
   */
  async acquire(
    length: number,
    signal: AbortSignalLike,
  ): Promise<Disposable> {
    signal.throwIfAborted();
    while (this.#inFlight > 0 && this.#inFlight + length > MAX_LENGTH) {
      await this.#queue.wait(signal);
    }
    this.#inFlight += length;
    return {
      [Symbol.dispose]: () => {
        this.#inFlight -= length;
        this.#queue.admitAll();
      },
    };
  }
}
