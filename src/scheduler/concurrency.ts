import type { AttemptOutcome } from "../protocol.ts";
import type { StopSignal } from "../util/stop_signal.ts";

/** A request's place among those in flight. */
export interface Slot {
  /** Gives the place back, with what the request came to; null where it was cancelled. */
  leave(outcome: AttemptOutcome | null): void;
}

/** How many requests may be in flight, and places for them. */
export interface Concurrency {
  /** How many may be in flight now. */
  readonly limit: number;
  /** How many are in flight. */
  readonly inFlight: number;
  /**
   * Waits for a place, in turn.
   *
   * @throws The signal's reason, where it is aborted first.
   */
  enter(signal: StopSignal): Promise<Slot>;
  /** A place, where there is one at once; null where others wait or none is free. */
  tryEnter(): Slot | null;
}
