/** The state of a call while it runs. */
export interface Progress {
  /** Samples asked for. */
  readonly total: number;
  /** Samples that are there, cached ones included. */
  readonly done: number;
  /** Samples that came from the cache. */
  readonly cached: number;
  /** Samples that failed for good; not those that were never requested, since the client was stopped. */
  readonly failed: number;
  /** Requests that are under way, or wait for the rate limit with a place of their own. */
  readonly inFlight: number;
  /** How many may be under way now: it grows while all goes well, and is cut when the API is overrun. */
  readonly inFlightLimit: number;
  /** What the new samples cost so far, in US dollars, as far as the API said. */
  readonly costUsd: number;
  /** Time since the call began, in milliseconds. */
  readonly elapsedMs: number;
}
