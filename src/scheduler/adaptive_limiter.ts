import { AimdLimit } from "./aimd_limit.ts";
import type { Clock } from "../util/clock.ts";
import type { Limiter, Permit } from "../limiter.ts";
import { askedPauseMs, classifyOutcome } from "./classify_outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/**
 * How many requests of this process are in flight. From 64 the limit doubles after
 * each round of answers, up to 512. A 429, or a 402 for the requests in flight,
 * halves it, once for all that were under way by then; from there it grows by a
 * sixteenth a round, and only while it is what holds requests back. Other
 * failures leave it as it is. A wait that the API asks for holds for everyone.
 *
 * A limit that the user gives is used from the first request, and never passed.
 */
export class AdaptiveLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #limit: AimdLimit;
  readonly #queue = new WaitQueue();
  #inFlight = 0;
  #resumeAt = -Infinity;
  #pause: LightAbortController | null = null;

  /** Makes a controller; `maxConcurrency` is the user's limit, undefined where there is none. */
  constructor(maxConcurrency: number | undefined, clock: Clock) {
    this.#clock = clock;
    this.#limit = new AimdLimit(maxConcurrency);
  }

  /** How many requests may be in flight now. */
  get limit(): number {
    return this.#limit.limit;
  }

  /** How many requests are in flight. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Waits for a place, in turn.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  async acquire(signal: AbortSignalLike): Promise<Permit> {
    signal.throwIfAborted();
    const slot = this.tryAcquire();
    if (slot !== null) return slot;
    const turn = this.#queue.wait(signal);
    this.#waitForPause();
    try {
      await turn;
    } catch (reason) {
      if (this.#queue.length === 0) this.#pause?.abort(null);
      throw reason;
    }
    return this.#slot();
  }

  /** A place, where there is one at once; null where others wait or none is free. */
  tryAcquire(): Permit | null {
    if (this.#queue.length > 0 || !this.#isOpen()) return null;
    this.#inFlight++;
    return this.#slot();
  }

  #slot(): Permit {
    const cutsBefore = this.#limit.cuts;
    let left = false;
    return {
      release: (outcome) => {
        if (left) return;
        left = true;
        const saturated = this.#inFlight >= this.limit;
        this.#inFlight--;
        this.#learn(outcome, { cutsBefore, saturated });
        this.#admit();
      },
    };
  }

  #learn(
    outcome: Outcome | null,
    at: { readonly cutsBefore: number; readonly saturated: boolean },
  ): void {
    const pauseMs = askedPauseMs(outcome);
    if (pauseMs !== null) {
      this.#resumeAt = Math.max(this.#resumeAt, this.#clock.now() + pauseMs);
    }
    switch (classifyOutcome(outcome)) {
      case "answered":
        return this.#limit.answered(at);
      case "throttled":
        return this.#limit.throttled(at.cutsBefore);
      case "nothing":
    }
  }

  #isOpen(): boolean {
    return this.#inFlight < this.limit && this.#clock.now() >= this.#resumeAt;
  }

  #admit(): void {
    while (this.#queue.length > 0 && this.#isOpen()) {
      this.#inFlight++;
      this.#queue.admitNext();
    }
    this.#waitForPause();
  }

  async #waitForPause(): Promise<void> {
    if (this.#pause !== null || this.#queue.length === 0) return;
    const ms = this.#resumeAt - this.#clock.now();
    if (ms <= 0) return;
    this.#pause = new LightAbortController();
    await this.#clock.sleep(Math.ceil(ms), this.#pause).catch(() => {});
    this.#pause = null;
    this.#admit();
  }
}
