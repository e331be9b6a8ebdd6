import type { AbortSignalLike } from "../abort_signal_like.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { RolloutsError } from "../errors.ts";
import type { Failure } from "../outcome.ts";
import { Response } from "../response.ts";
import { anySignal } from "../util/any_signal.ts";
import type { Clock } from "../util/clock.ts";
import { Deadline } from "./deadline.ts";
import {
  explainGivenUp,
  retryDelayMs,
  type RetryLimits,
  withTimeOver,
} from "./retry_policy.ts";

export interface Attempt {
  /** The number of the attempt, from 1. */
  readonly number: number;
  readonly deadline: Deadline;
  /** Aborted when the attempt must no longer wait: the job was stopped, or the time is over. */
  readonly waitSignal: AbortSignalLike;
}

/** The result of an attempt: a sample, a failure, or `"locked"` if another process requests the sample. */
export type AttemptResult = Response | Failure | "locked";

/** The attempt after a failed one. */
export interface NextAttempt {
  /** The time until it starts, in milliseconds. */
  readonly delayMs: number;
  /** The number of attempts that are left, including this one. */
  readonly attemptsLeft: number;
}

/** When attempts are repeated, and which functions are notified. */
export interface RetryOptions {
  readonly limits: RetryLimits;
  readonly clock: Clock;
  /** Returns a random number from 0 to below 1. */
  readonly random: () => number;
  readonly stopSignal: AbortSignalLike;
  readonly onFailure: (failure: Failure, next: NextAttempt | null) => void;
  /** Called while another process holds the sample's lock, with the total wait so far. */
  readonly onLocked: (waitedMs: number) => void;
}

/** How long to wait before a locked sample is checked again, in milliseconds. */
const LOCKED_RECHECK_MS = 500;

/**
 * Repeats attempts until one returns a sample, fails permanently, or the work is stopped. Waiting
 * for another process does not count as an attempt.
 *
 * @throws {RolloutsError} The last failure, or the reason of the signal.
 */
export async function withRetries(
  attempt: (attempt: Attempt) => Promise<AttemptResult>,
  options: RetryOptions,
): Promise<Response> {
  const { clock, limits, random } = options;
  const deadline = new Deadline(clock, limits.maxElapsedMs);
  const waitSignal = anySignal(options.stopSignal, deadline.signal);
  let attempts = 1;
  let timeouts = 0;
  let lockedMs = 0;
  let form: string | null = null;
  let sameForm = 0;
  /** The error to end with when the time is over, or `null` before the first failure. */
  let lastError: RolloutsError | null = null;
  try {
    for (;;) {
      const result = await attempt({ number: attempts, deadline, waitSignal });
      if (result instanceof Response) return result;
      if (result === "locked") {
        await clock.sleep(LOCKED_RECHECK_MS, waitSignal);
        lockedMs += LOCKED_RECHECK_MS;
        options.onLocked(lockedMs);
        continue;
      }
      if (result.kind === "timeout") timeouts++;
      const isSame = result.kind === "response" && result.form !== null;
      sameForm = isSame && result.form === form ? sameForm + 1 : Number(isSame);
      form = isSame ? result.form : null;
      const state = {
        attempts: attempts++,
        timeouts,
        sameForm,
        timeLeftMs: deadline.timeLeftMs(),
        random: random(),
      };
      const delayMs = retryDelayMs(result, state, limits);
      const attemptsLeft = limits.maxRetries + 2 - attempts;
      options.onFailure(
        result,
        delayMs === null ? null : { delayMs, attemptsLeft },
      );
      if (delayMs === null) {
        // The server's own error is more useful than that of an attempt that was cut short.
        const isOver = result.kind === "timeout" && result.limit !== undefined;
        throw (isOver ? lastError : null) ??
          errorFromFailure(explainGivenUp(result, state, limits));
      }
      lastError = errorFromFailure(withTimeOver(result, limits));
      deadline.endWaitsWith(lastError);
      await clock.sleep(delayMs, waitSignal);
    }
  } finally {
    deadline.close();
  }
}
