import type { AbortSignalLike } from "./abort_signal_like.ts";
import type { Outcome } from "./outcome.ts";

/** The right to have one request in flight. */
export interface Permit {
  /** Returns the permit with the outcome of the request, or `null` if it was not sent or aborted. */
  release(outcome: Outcome | null): void;
}

/**
 * Limits the number of requests in flight: `AdaptiveLimiter` in one process, `DistributedLimiter` for all
 * workers of a queue.
 */
export interface Limiter {
  /** The current maximum number of requests in flight. */
  readonly limit: number;
  /** The number of requests in flight. */
  readonly inFlight: number;
  /**
   * Waits for a permit, first come, first served.
   *
   * @param maxPauseMs The longest pause to wait for, in milliseconds, if the server asks for one.
   * @throws The signal's reason, if it is aborted first.
   * @throws {RolloutsError} If the server asks for a longer pause.
   */
  acquire(signal: AbortSignalLike, maxPauseMs?: number): Promise<Permit>;
  /** Returns a permit if one is available at once, else `null`. */
  tryAcquire(): Permit | null;
}
