import type { Clock } from "../util/clock.ts";
import { rateWindow } from "./rate_window.ts";
import type { StartHistory } from "./start_history.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** The parameters of a token bucket. */
export interface BucketParameters {
  /** The most tokens that it holds. */
  readonly capacity: number;
  /** The time in which one token is refilled, in milliseconds. */
  readonly refillIntervalMs: number;
}

const WINDOW_MS = 60_000;

/**
 * How much later than others a request may reach the API, in milliseconds: the first ones wait for
 * a worker and a connection. The limit holds in the API's window, too.
 */
const TRANSIT_MS = 1_000;

/**
 * Returns a bucket from which no 60 seconds can take more than `requestsPerMinute` tokens: a full
 * bucket and the refill of a window stay below the limit plus one. Below one request per minute
 * the interval grows instead.
 *
 * @param burst Tokens that can be taken at once after a pause; at most the limit.
 */
export function bucketParameters(
  requestsPerMinute: number,
  burst = 1,
): BucketParameters {
  if (requestsPerMinute < 1) {
    const refillIntervalMs = WINDOW_MS / requestsPerMinute + TRANSIT_MS;
    return { capacity: 1, refillIntervalMs };
  }
  const limit = Math.floor(requestsPerMinute);
  const capacity = Math.min(burst, limit);
  const refillIntervalMs = (WINDOW_MS + TRANSIT_MS) / (limit - capacity + 1);
  return { capacity, refillIntervalMs };
}

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
