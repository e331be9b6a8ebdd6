import type { AbortSignalLike } from "../abort_signal_like.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { RolloutsError } from "../errors.ts";
import type { Limiter, Permit } from "../limiter.ts";
import type { Outcome } from "../outcome.ts";
import { anySignal } from "../util/any_signal.ts";
import type { Clock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { WaitQueue } from "../util/wait_queue.ts";
import { askedPauseMs, classifyOutcome } from "./classify_outcome.ts";
import { CubicLimit } from "./cubic_limit.ts";
import { withLongWait } from "./retry_policy.ts";

/**
 * Limits the requests in flight, and adapts the limit to their outcomes as {@linkcode CubicLimit}
 * describes: a 429 cuts it, as do a 402 for the requests in flight and a lack of file descriptors.
 * Other failures leave it as it is. A wait that the API asks for pauses all requests.
 */
export class AdaptiveLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #limit: CubicLimit;
  readonly #queue = new WaitQueue();
  /** Ends the waits of those that accept no longer pause than the key, in milliseconds. */
  readonly #impatient = new Map<number, LightAbortController>();
  #inFlight = 0;
  #resumeAt = -Infinity;
  #pauseError: ((maxWaitMs: number) => RolloutsError) | null = null;
  #pause: LightAbortController | null = null;

  /** Uses `maxConcurrency`, the user's limit, from the first request, and never exceeds it. */
  constructor(maxConcurrency: number | undefined, clock: Clock) {
    this.#clock = clock;
    this.#limit = new CubicLimit(maxConcurrency);
  }

  get limit(): number {
    return this.#limit.limit;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether the API has asked to wait. */
  get isPaused(): boolean {
    return this.#pauseMs > 0;
  }

  async acquire(
    signal: AbortSignalLike,
    maxPauseMs = Infinity,
  ): Promise<Permit> {
    signal.throwIfAborted();
    const permit = this.tryAcquire();
    if (permit !== null) return permit;
    if (this.#pauseMs > maxPauseMs) throw this.#pauseError!(maxPauseMs);
    const turn = this.#queue.wait(
      anySignal(signal, this.#impatientSignal(maxPauseMs)),
    );
    this.#waitForPause();
    try {
      await turn;
    } catch (reason) {
      if (this.#queue.length === 0) this.#pause?.abort(null);
      throw reason;
    }
    return this.#permit();
  }

  tryAcquire(): Permit | null {
    if (this.#queue.length > 0 || !this.#isOpen()) return null;
    this.#inFlight++;
    return this.#permit();
  }

  #permit(): Permit {
    return new AdaptivePermit(this.#release, this.#limit.cuts);
  }

  readonly #release: Release = (outcome, cutsBefore) => {
    const saturated = this.#inFlight >= this.limit;
    this.#inFlight--;
    this.#pauseAsAsked(outcome);
    switch (classifyOutcome(outcome)) {
      case "answered":
        this.#limit.answered({ saturated });
        break;
      case "throttled":
        this.#limit.throttled(cutsBefore);
        break;
      case "nothing":
    }
    this.#admit();
  };

  #pauseAsAsked(outcome: Outcome | null): void {
    const pauseMs = askedPauseMs(outcome);
    if (pauseMs === null || pauseMs <= this.#pauseMs) return;
    this.#resumeAt = this.#clock.now() + pauseMs;
    if (outcome?.type !== "failure") return;
    const { failure } = outcome;
    this.#pauseError = (maxWaitMs) =>
      errorFromFailure(withLongWait(failure, this.#pauseMs, maxWaitMs));
    for (const [maxPauseMs, controller] of this.#impatient) {
      if (pauseMs <= maxPauseMs) continue;
      this.#impatient.delete(maxPauseMs);
      controller.abort(this.#pauseError(maxPauseMs));
    }
  }

  #impatientSignal(maxPauseMs: number): AbortSignalLike {
    const controller = this.#impatient.get(maxPauseMs) ??
      new LightAbortController();
    this.#impatient.set(maxPauseMs, controller);
    return controller;
  }

  get #pauseMs(): number {
    // Each request asks several times, and few servers ever ask to wait.
    return this.#resumeAt === -Infinity
      ? -Infinity
      : this.#resumeAt - this.#clock.now();
  }

  #isOpen(): boolean {
    return this.#inFlight < this.limit && !this.isPaused;
  }

  #admit(): void {
    while (this.#queue.length > 0 && this.#isOpen()) {
      this.#inFlight++;
      this.#queue.admitNext();
    }
    this.#waitForPause();
  }

  #waitForPause(): void {
    if (this.#pause !== null || this.#queue.length === 0) return;
    if (this.isPaused) this.#sleepThroughPause();
  }

  async #sleepThroughPause(): Promise<void> {
    this.#pause = new LightAbortController();
    await this.#clock.sleep(Math.ceil(this.#pauseMs), this.#pause)
      .catch(() => {});
    this.#pause = null;
    this.#admit();
  }
}

/** Counts a released request. */
type Release = (outcome: Outcome | null, cutsBefore: number) => void;

// A class, since the closure of an object literal makes each permit three times as large.
class AdaptivePermit implements Permit {
  #release: Release | null;
  readonly #cutsBefore: number;

  /** `cutsBefore` is the number of cuts before the request. */
  constructor(release: Release, cutsBefore: number) {
    this.#release = release;
    this.#cutsBefore = cutsBefore;
  }

  release(outcome: Outcome | null): void {
    const release = this.#release;
    this.#release = null;
    release?.(outcome, this.#cutsBefore);
  }
}
