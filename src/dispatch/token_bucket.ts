import type { Clock } from "./clock.ts";
import { WaitQueue } from "./wait_queue.ts";

const WINDOW_MS = 60_000;

/**
 * Limits how many requests start: a bucket of tokens of which each comes back 60
 * seconds after it was taken, so that no window of 60 seconds, wherever it begins,
 * holds more starts than the bucket has tokens. Those who wait are served in turn.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #windowMs: number;
  /** When each of the last starts was, as a ring; `#next` is the oldest. */
  readonly #starts: Float64Array;
  readonly #queue = new WaitQueue();
  #next = 0;
  #sleep: AbortController | null = null;

  /** Makes a full bucket. Below one request a minute the window grows instead. */
  constructor(requestsPerMinute: number, clock: Clock) {
    const tokens = Math.max(1, Math.floor(requestsPerMinute));
    this.#windowMs = requestsPerMinute < 1
      ? WINDOW_MS / requestsPerMinute
      : WINDOW_MS;
    this.#starts = new Float64Array(tokens).fill(-Infinity);
    this.#clock = clock;
  }

  /**
   * Takes a token, when there is one.
   *
   * @throws The signal's reason, where it is aborted first; no token is lost.
   */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#queue.length === 0 && this.#msUntilToken() <= 0) {
      this.#takeToken();
      return;
    }
    const turn = this.#queue.wait(signal);
    this.#serve();
    try {
      await turn;
    } catch (reason) {
      // Nobody waits any more: a sleep would only keep the program alive.
      if (this.#queue.length === 0) this.#sleep?.abort();
      throw reason;
    }
  }

  /** One loop serves all who wait, and ends with the last of them. */
  async #serve(): Promise<void> {
    if (this.#sleep !== null) return;
    while (this.#queue.length > 0) {
      const ms = this.#msUntilToken();
      if (ms <= 0) {
        this.#queue.admitNext();
        this.#takeToken();
        continue;
      }
      this.#sleep = new AbortController();
      await this.#clock.sleep(Math.ceil(ms), this.#sleep.signal).catch(
        () => {},
      );
    }
    this.#sleep = null;
  }

  #msUntilToken(): number {
    const oldest = this.#starts[this.#next]!;
    return oldest + this.#windowMs - this.#clock.now();
  }

  #takeToken(): void {
    this.#starts[this.#next] = this.#clock.now();
    this.#next = (this.#next + 1) % this.#starts.length;
  }
}
