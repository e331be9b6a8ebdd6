import type { Clock } from "../util/clock.ts";
import { rateWindow } from "./rate_window.ts";
import type { StartHistory } from "./start_history.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/**
 * Limits how many requests of an account start: a bucket of tokens of which each comes
 * back 61 seconds after it was taken, so that no window of 60 seconds, wherever it begins,
 * holds more starts than the limit, seen from the API too. Buckets with other limits take from the same history. Those
 * who wait are served in turn.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #tokens: number;
  readonly #windowMs: number;
  readonly #history: StartHistory;
  readonly #queue = new WaitQueue();
  #sleep: LightAbortController | null = null;

  /**
   * Makes a bucket that holds as many tokens as the limit leaves over of what is in the
   * history. Below one request a minute the window grows instead.
   */
  constructor(requestsPerMinute: number, history: StartHistory, clock: Clock) {
    const { tokens, windowMs } = rateWindow(requestsPerMinute);
    this.#tokens = tokens;
    this.#windowMs = windowMs;
    history.keep(windowMs);
    this.#history = history;
    this.#clock = clock;
  }

  /**
   * Takes a token, when there is one.
   *
   * @throws The signal's reason, where it is aborted first; no token is lost.
   */
  async take(signal: AbortSignalLike): Promise<void> {
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
      if (this.#queue.length === 0) this.#sleep?.abort(null);
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
      this.#sleep = new LightAbortController();
      await this.#clock.sleep(Math.ceil(ms), this.#sleep).catch(
        () => {},
      );
    }
    this.#sleep = null;
  }

  #msUntilToken(): number {
    const takenAt = this.#history.nthLast(this.#tokens);
    return takenAt + this.#windowMs - this.#clock.now();
  }

  #takeToken(): void {
    this.#history.add(this.#clock.now());
  }
}
