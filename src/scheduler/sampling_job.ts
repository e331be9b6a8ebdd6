import type { RolloutsError } from "../errors.ts";
import type { ProgressTracker } from "../progress_tracker.ts";
import type { Response, WireResponse } from "../response.ts";
import type { Lane } from "./lanes.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { Claim, Send, Spending } from "./with_retries.ts";

/**
 * Makes a sample of an answer, keeps it, and returns the one that is kept. It counts as done only then.
 *
 * @throws {RolloutsError} Where the answer is not to be taken for a sample.
 */
export type KeepAnswer = (
  answer: WireResponse,
  context: KeepContext,
) => Response;

/** What keeping an answer may need beside it. */
export interface KeepContext {
  /** How many requests it took. */
  readonly attempts: number;
  /** Has no more requests started. */
  readonly stop: (reason: RolloutsError) => void;
}

/** Seeds of one prompt that are to be sampled. */
export interface SamplingJob {
  /** The request for a seed. */
  readonly request: (seed: number) => PreparedRequest;
  /** Sends them. */
  readonly send: Send;
  /** A name for the prompt's samples, under which jobs share what they both ask for; null to share nothing. */
  readonly sharedAs: string | null;
  /** Takes the answers. */
  readonly keep: KeepAnswer;
  /** The right to request the sample of a seed, as long as it is not disposed of. */
  readonly claim: (seed: number) => Claim & Disposable;
  /** The limits that it shares with other jobs. */
  readonly lane: Lane;
  /** Finds out what its requests may cost; null for no limit. */
  readonly spending: () => Promise<Spending | null>;
  /** Counts what becomes of the samples. */
  readonly progress: ProgressTracker;
  /** Ends the job. */
  readonly signal: AbortSignal | undefined;
  /** How many attempts may follow the first. */
  readonly maxRetries: number;
  /** Time for all attempts of a sample, in milliseconds; Infinity for no limit. */
  readonly maxElapsedMs: number;
  /** Told what happens. */
  readonly tell: (message: string) => void;
  /** Told what the caller should know. */
  readonly warn: (message: string) => void;
  /** Told that another program has samples under way that are waited for. */
  readonly warnElsewhere: () => void;
}
