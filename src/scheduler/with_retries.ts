import { Response, type WireResponse } from "../response.ts";
import { attemptCostUsd } from "./attempt_cost.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { Budget, Reservation } from "./budget.ts";
import type { Clock } from "../util/clock.ts";
import { Deadline } from "../util/deadline.ts";
import type { Halt } from "./halt.ts";
import type { Lane } from "./lanes.ts";
import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { Permit } from "../limiter.ts";
import { isFatal, retryDelayMs } from "./retry_policy.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { anySignal } from "../util/any_signal.ts";

/** What an attempt passes through on its way, and what it is told. */
export interface Dispatch extends Lane {
  /** Sends one request. */
  readonly send: Send;
  /** What requests may cost; null for no limit. */
  readonly spending: Spending | null;
  /** The right to request the sample. */
  readonly claim: Claim;
  /** Time. */
  readonly clock: Clock;
  /** A random number from 0 to below 1. */
  readonly random: () => number;
  /** How many attempts may follow the first. */
  readonly maxRetries: number;
  /** Time for all attempts, in milliseconds; Infinity for no limit. */
  readonly maxElapsedMs: number;
  /** Takes the answer, while no other request has its place yet, and returns the sample. */
  readonly accept: (answer: WireResponse, attempts: number) => Response;
  /** Told of each failed attempt; `delayMs` is null where it was the last. */
  readonly onFailure: (failure: Failure, delayMs: number | null) => void;
  /** Told each time that the sample was left to another process for a while: for how long by now, in milliseconds. */
  readonly onElsewhere: (leftMs: number) => void;
}

/**
 * Sends one request. Whatever goes wrong is an outcome; it rejects with the signal's reason where that
 * is aborted, and with nothing else.
 */
export type Send = (
  request: PreparedRequest,
  signal: AbortSignalLike,
) => Promise<Outcome>;

/** A budget, and what one request can take of it. */
export interface Spending {
  /** The budget. */
  readonly budget: Budget;
  /** What a request can cost at its worst, in US dollars. */
  readonly worstUsd: number;
}

/** What became of the wish to request a sample. */
export type Taken = Response | "ours" | "elsewhere";

/** The right to request a sample, among all who may want it. It is held during one attempt. */
export interface Claim {
  /** Whether it would be had: what {@linkcode Claim.take} would return, taking nothing. */
  look(): Taken;
  /** Takes it: "ours" to request, "elsewhere" where another is at it, or the sample that another has got. */
  take(): Taken | Promise<Taken>;
  /** Gives it back. */
  release(): void | Promise<void>;
}

/** Who may end the work. */
export interface Stops {
  /** Cancels everything, a request under way included. */
  readonly cancel: AbortSignalLike;
  /** Lets a request under way come to its end, since it is paid, and starts no other. */
  readonly stop: AbortSignalLike;
  /** The job, which a failure of every request halts. */
  readonly halt: Halt;
}

/** Who may end the work, and the place in flight that it has already; null where it has none. */
export interface SampleStart extends Stops {
  /** The place. */
  readonly slot: Permit | null;
}

/** How long a sample is left to another process before it is looked at again, in milliseconds. */
const ELSEWHERE_MS = 500;

/**
 * Tries a request until it gives a sample, fails for good or is stopped. A failure that
 * concerns every request halts the job.
 *
 * @throws {RolloutsError} The last failure; or the reason of the signal that stopped it.
 */
export async function withRetries(
  request: PreparedRequest,
  dispatch: Dispatch,
  { cancel, stop, halt, slot: firstSlot }: SampleStart,
): Promise<Response> {
  const { clock, concurrency } = dispatch;
  const deadline = new Deadline(clock, dispatch.maxElapsedMs);
  const waiting = anySignal(anySignal(cancel, stop), deadline.signal);
  let slot = firstSlot;
  let attempts = 1;
  let leftMs = 0;
  try {
    for (;;) {
      slot ??= await concurrency.acquire(waiting);
      const context = { cancel, halt, slot, waiting, attempts, deadline };
      const result = await attempt(request, dispatch, context);
      slot = null;
      if (result instanceof Response) return result;
      if (result === "elsewhere") {
        await clock.sleep(ELSEWHERE_MS, waiting);
        leftMs += ELSEWHERE_MS;
        dispatch.onElsewhere(leftMs);
        continue;
      }
      const delayMs = retryDelayMs(result, {
        attempts: attempts++,
        timeLeftMs: deadline.timeLeftMs(),
        maxRetries: dispatch.maxRetries,
        random: dispatch.random(),
      });
      dispatch.onFailure(result, delayMs);
      const error = errorFromFailure(result);
      if (delayMs === null) throw error;
      deadline.endWaitsWith(error);
      await clock.sleep(delayMs, waiting);
    }
  } finally {
    deadline.close();
  }
}

interface AttemptContext extends Omit<Stops, "stop"> {
  readonly slot: Permit;
  readonly waiting: AbortSignalLike;
  readonly attempts: number;
  readonly deadline: Deadline;
}

/** One attempt: the sample, why there is none, or that another process is at it. */
async function attempt(
  request: PreparedRequest,
  { send, start, spending, claim, accept }: Dispatch,
  { cancel, halt, slot, waiting, attempts, deadline }: AttemptContext,
): Promise<Response | Failure | "elsewhere"> {
  let outcome: Outcome | null = null;
  let reservation: Reservation | null = null;
  let isSent = false;
  try {
    if (spending !== null || start !== null) {
      // A claim is held while a request is under way, not while it waits for money or its turn.
      const seen = claim.look();
      if (seen !== "ours") return seen;
    }
    if (spending !== null) {
      const { budget, worstUsd } = spending;
      reservation = await budget.reserve(worstUsd, waiting);
    }
    // This comes last, so that a start is counted when it happens.
    if (start !== null) await start(waiting);
    const taken = claim.take();
    // Without a turn of the event loop where none is needed: all that starts at once then goes out at once.
    const claimed = taken instanceof Promise ? await taken : taken;
    if (claimed !== "ours") return claimed;
    isSent = true;
    const timeoutMs = Math.min(request.timeoutMs, deadline.timeLeftMs());
    outcome = await send({ ...request, timeoutMs }, cancel);
    // All that may stop the job happens before the slot is free, or the next request would go out.
    if (outcome.type === "answer") return accept(outcome.response, attempts);
    if (isFatal(outcome.failure)) halt.fail(errorFromFailure(outcome.failure));
    return outcome.failure;
  } finally {
    const released = claim.release();
    const worstUsd = spending?.worstUsd ?? 0;
    reservation?.settle(isSent ? attemptCostUsd(outcome, worstUsd) : 0);
    slot.release(outcome);
    // A later attempt must not find what is left of this one.
    if (released instanceof Promise) await released;
  }
}
