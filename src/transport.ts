import type { Limiter } from "./limiter.ts";
import type { Outcome } from "./outcome.ts";
import type { PreparedRequest } from "./prepared_request.ts";
import type { SampleLock } from "./sample_lock.ts";
import type { AbortSignalLike } from "./abort_signal_like.ts";

/** Options of {@linkcode Transport.send}. */
export interface SendOptions {
  /** Aborts the request. `send` then rejects with the signal's reason. */
  readonly signal: AbortSignalLike;
}

/**
 * How requests reach a server. The default sends them from a pool of workers; pass another one as
 * the client's `transport` option.
 */
export interface Transport {
  /**
   * Sends one request. Failures are outcomes, so that the client can decide about a retry.
   *
   * @throws The signal's reason, if it is aborted.
   */
  send(request: PreparedRequest, options: SendOptions): Promise<Outcome>;
  /**
   * Set if the transport enforces the limits of a request (`maxConcurrency`,
   * `requestsPerMinute`, `maxCostUsd`) itself, for all processes that share it. Otherwise the client
   * enforces them in this process.
   */
  readonly sharedLimits?: SharedLimits;
  /** Withdraws requests that have not been sent. Their outcome is a failure of kind `unsent`. */
  stop?(): void;
  /** Releases connections, workers, and timers. Requests in flight fail. */
  close?(): void | Promise<void>;
}

/** Limits and locks that a transport keeps for all processes that share it. */
export interface SharedLimits {
  /**
   * Connects, and returns the number of requests that this client may hand over.
   *
   * @param maxConcurrency The user's limit, or `undefined`.
   * @throws {RolloutsError} If the transport cannot be used.
   */
  limiter(maxConcurrency: number | undefined): Promise<Limiter>;
  /** Returns the lock of a sample, by {@linkcode PreparedRequest.sampleId}. */
  lock(sampleId: string): SampleLock;
}
