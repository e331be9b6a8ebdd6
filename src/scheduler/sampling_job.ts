import type { RolloutsError } from "../errors.ts";
import type { Limiter } from "../limiter.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { ProgressTracker } from "../progress_tracker.ts";
import type { Response, WireResponse } from "../response.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { Transport } from "../transport.ts";
import type { Log } from "../util/log.ts";
import type { Budget } from "./budget.ts";
import type { CostBound } from "./cost_bound.ts";
import type { MemoryLimit } from "./memory_limit.ts";
import type { RetryLimits } from "./retry_policy.ts";
import type { TokenBucket } from "./token_bucket.ts";

/** The state that the requests of one call share. */
export interface SamplingJob extends RetryLimits {
  readonly transport: Transport;
  readonly limiter: Limiter;
  /** Paces the starts, or `null` if there is no rate limit. */
  readonly bucket: TokenBucket | null;
  readonly budget: Budget | null;
  /** Resolves to the most that one request can cost, or `null` without a budget. */
  readonly costBound: () => Promise<CostBound | null>;
  readonly request: (
    seed: number,
    worstCaseUsd: number | null,
  ) => PreparedRequest;
  /** Identifies calls that differ only in their prompts: an error of one may concern all. */
  readonly group: string;
  /** Identifies the prompt's samples, so that concurrent calls share them; `null` to share none. */
  readonly shareKey: string | null;
  readonly lock: (seed: number) => SampleLock;
  readonly memory: MemoryLimit;
  /** Returns the stored sample of a seed, or `null`. */
  readonly find: (seed: number) => Response | null | Promise<Response | null>;
  /**
   * Stores an answer and returns the sample; later, if too many files are open. `stop` starts no more requests of the call.
   *
   * @throws {RolloutsError} If the answer does not count as a sample.
   */
  readonly accept: (
    answer: WireResponse,
    context: AcceptContext,
  ) => Response | Promise<Response>;
  /** Counts what becomes of the samples. */
  readonly progress: ProgressTracker;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
}

/** What {@linkcode SamplingJob.accept} gets besides the answer. */
export interface AcceptContext {
  /** The number of requests that it took. */
  readonly attempts: number;
  /** Starts no more requests of the call. */
  readonly stop: (reason: RolloutsError) => void;
}
