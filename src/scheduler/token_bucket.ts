import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { Clock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WaitQueue } from "../util/wait_queue.ts";

export interface BucketParameters {
  /** The maximum number of tokens that it holds. */
  readonly capacity: number;
  /** The time in which one token is refilled, in milliseconds. */
  readonly refillIntervalMs: number;
}

const WINDOW_MS = 60_000;

/**
 * How much later than others a request may reach the API, in milliseconds: the first ones wait for
 * a worker and a connection. The limit also applies in the API's window.
 */
const TRANSIT_MS = 1_000;

/**
 * Returns a bucket that yields at most `requestsPerMinute` tokens in any 60 seconds: a full
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
 * Paces the starts of requests: a token bucket (J. Turner, "New directions in communications", IEEE
 * Communications Magazine 24(10), 1986). A start takes a token; tokens are refilled at a constant
 * rate up to the capacity. Waiting callers are served in order.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #parameters: BucketParameters;
  readonly #queue = new WaitQueue();
  readonly #onTake: () => void;
  #tokens: number;
  #updatedMs: number;
  #sleep: LightAbortController | null = null;

  /**
   * Creates a full bucket.
   *
   * @param onTake Called when a caller of this bucket takes a token.
   */
  constructor(
    parameters: BucketParameters,
    { clock, onTake = () => {} }: {
      readonly clock: Clock;
      readonly onTake?: () => void;
    },
  ) {
    this.#clock = clock;
    this.#parameters = parameters;
    this.#onTake = onTake;
    this.#tokens = parameters.capacity;
    this.#updatedMs = clock.now();
  }

  /**
   * Takes a token as soon as there is one.
   *
   * @throws The signal's reason, if it is aborted first; no token is lost.
   */
  async take(signal: AbortSignalLike): Promise<void> {
    signal.throwIfAborted();
    if (this.#queue.length === 0 && this.#msUntilToken() <= 0) {
      this.#take();
      return;
    }
    const turn = this.#queue.wait(signal);
    this.#serve();
    try {
      await turn;
    } catch (reason) {
      // Nobody waits any longer: a sleep would only keep the process alive.
      if (this.#queue.length === 0) this.#sleep?.abort(null);
      throw reason;
    }
  }

  /**
   * Removes a token for a start that another bucket admitted. The balance can become negative, by
   * at most what is refilled in one window.
   */
  charge(): void {
    this.#refill();
    this.#tokens = Math.max(this.#tokens - 1, this.#lowest);
  }

  /** Removes all tokens, as after a window full of starts. */
  drain(): void {
    this.#tokens = this.#lowest;
  }

  get #lowest(): number {
    const { capacity, refillIntervalMs } = this.#parameters;
    const perWindow = (WINDOW_MS + TRANSIT_MS) / refillIntervalMs;
    return Math.min(0, capacity - perWindow);
  }

  /** One loop serves all callers that wait, and ends with the last of them. */
  async #serve(): Promise<void> {
    if (this.#sleep !== null) return;
    while (this.#queue.length > 0) {
      const ms = this.#msUntilToken();
      if (ms <= 0) {
        this.#queue.admitNext();
        this.#take();
        continue;
      }
      this.#sleep = new LightAbortController();
      await this.#clock.sleep(Math.ceil(ms), this.#sleep).catch(() => {});
    }
    this.#sleep = null;
  }

  #take(): void {
    this.charge();
    this.#onTake();
  }

  #msUntilToken(): number {
    this.#refill();
    return (1 - this.#tokens) * this.#parameters.refillIntervalMs;
  }

  #refill(): void {
    const nowMs = this.#clock.now();
    const { capacity, refillIntervalMs } = this.#parameters;
    const refilled = (nowMs - this.#updatedMs) / refillIntervalMs;
    this.#tokens = Math.min(capacity, this.#tokens + refilled);
    this.#updatedMs = nowMs;
  }
}
