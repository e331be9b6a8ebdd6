import type { Failure } from "../outcome.ts";
import type { Clock } from "../util/clock.ts";
import type { SampleRun } from "./attempt_sample.ts";
import { formatDollars } from "./budget.ts";
import type { SamplingJob } from "./sampling_job.ts";

/** Warn after this many failures in a row. */
const WARN_AFTER_FAILURES = 10;

/** Warn sooner if nothing else has happened for this long, in milliseconds, in more than a few requests. */
const WARN_AFTER_MS = 3_000;
const FEW_FAILURES = 2;

/** Warn if a server asks for a longer wait, in milliseconds. */
const LONG_WAIT_MS = 60_000;

/** A failed attempt. */
export interface FailedAttempt {
  readonly failure: Failure;
  /** The time until the next attempt, in milliseconds, or `null` if there is none. */
  readonly delayMs: number | null;
  readonly sample: SampleRun;
  readonly job: SamplingJob;
}

/** Counts failures without a success between them, so that a run that makes no progress is not silent. */
export class FailureStreak {
  readonly #clock: Clock;
  #count = 0;
  #sinceMs = 0;
  #hasWarned = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends the streak. */
  reset(): void {
    this.#count = 0;
  }

  /** Logs a failed attempt, and warns if there have been many. */
  add({ failure, delayMs, sample, job }: FailedAttempt): void {
    const { message } = failure;
    const { limiter, log } = job;
    const next = delayMs === null
      ? "given up"
      : `again in ${Math.round(delayMs)} ms`;
    log.debug(
      `seed ${sample.request.seed}: ${message}; ${next}; ${limiter.limit} may be in flight`,
    );
    if (failure.kind === "timeout") {
      log.warn(timeoutWarning(sample, job.maxTimeoutRetries), "timeout");
    }
    if (delayMs === null) return;
    if (delayMs > LONG_WAIT_MS) {
      const seconds = Math.round(delayMs / 1000);
      log.warn(
        `the next attempt is in ${seconds} s, as was asked: ${message}`,
        "long wait",
      );
    }
    if (!this.#shouldWarn()) return;
    log.warn(
      `${this.#count} requests in a row have failed, and are tried again: ${message}`,
      "failures in a row",
    );
  }

  #shouldWarn(): boolean {
    const nowMs = this.#clock.now();
    if (++this.#count === 1) {
      this.#sinceMs = nowMs;
      this.#hasWarned = false;
    }
    const isLong = this.#count > FEW_FAILURES &&
      nowMs - this.#sinceMs > WARN_AFTER_MS;
    if (this.#hasWarned || (this.#count < WARN_AFTER_FAILURES && !isLong)) {
      return false;
    }
    this.#hasWarned = true;
    return true;
  }
}

function timeoutWarning(
  { request: { timeoutMs }, costBound }: SampleRun,
  maxTimeoutRetries: number,
): string {
  const cost = costBound === null
    ? ""
    : `, for up to ${formatDollars(costBound.maxUsd)}`;
  return `a request took longer than timeoutMs (${timeoutMs} ms). It may be billed in full${cost}, ` +
    `and so may each of its retries: maxTimeoutRetries allows ${maxTimeoutRetries}`;
}
