import type { RolloutsError } from "../errors.ts";
import type { Clock } from "../util/clock.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";

/**
 * The end of the time for a sample. It begins with the first request: waiting for that is the
 * queue's time, not the sample's.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #maxElapsedMs: number;
  readonly #source = new LightAbortController();
  /** Ends the timer, or `null` if there is none. */
  #closed: LightAbortController | null = null;
  #endMs: number | null = null;
  #error: RolloutsError | null = null;

  /** Sets the time limit: `maxElapsedMs` is `Infinity` for no limit. */
  constructor(clock: Clock, maxElapsedMs: number) {
    this.#clock = clock;
    this.#maxElapsedMs = maxElapsedMs;
  }

  /** Aborted at the end, once there is an error to end with. */
  get signal(): AbortSignalLike {
    return this.#source;
  }

  /** The time that is left, at least 1 ms; at the first call all of it. */
  timeLeftMs(): number {
    if (this.#maxElapsedMs === Infinity) return Infinity;
    const now = this.#clock.now();
    this.#endMs ??= now + this.#maxElapsedMs;
    return Math.max(1, this.#endMs - now);
  }

  /** Has whatever waits when the time is over end with an error: the sample's last failure. */
  endWaitsWith(error: RolloutsError): void {
    const isFirst = this.#error === null;
    this.#error = error;
    if (!isFirst || this.#maxElapsedMs === Infinity) return;
    this.#closed = new LightAbortController();
    this.#clock.sleep(this.timeLeftMs(), this.#closed).then(
      () => this.#source.abort(this.#error),
      () => {
        // Closed: nothing waits any longer.
      },
    );
  }

  /** Ends the timer. */
  close(): void {
    this.#closed?.abort(null);
  }
}
