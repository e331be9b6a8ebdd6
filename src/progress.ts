/** The state of a call while it runs. */
export interface Progress {
  /** The number of requested samples. */
  readonly total: number;
  /** Finished samples, including cached ones. */
  readonly done: number;
  /** Samples from the cache. */
  readonly cached: number;
  /** Samples that failed permanently, without those that a stopped client never requested. */
  readonly failed: number;
  /** Requests in flight, including those that hold a permit and wait for the rate limit. */
  readonly inFlight: number;
  /** The current limit of requests in flight. It grows with successes and shrinks when the API is overloaded. */
  readonly inFlightLimit: number;
  /** The cost of the new samples so far, in US dollars, as far as the API reports it. */
  readonly costUsd: number;
  /** The time since the call started, in milliseconds. */
  readonly elapsedMs: number;
}
