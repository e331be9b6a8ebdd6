import type { Failure } from "../outcome.ts";
import type { Clock } from "../util/clock.ts";
import type { SampleRun } from "./attempt_sample.ts";
import type { SamplingJob } from "./sampling_job.ts";
import type { NextAttempt } from "./with_retries.ts";
import { formatUsd } from "../util/format_usd.ts";
import { countNoun } from "../util/count_noun.ts";

/** Warn after this many failures in a row. */
const WARN_AFTER_FAILURES = 10;

/** Warn sooner if nothing else has happened for this long, in milliseconds, in more than a few requests. */
const WARN_AFTER_MS = 3_000;
const FEW_FAILURES = 2;

/** Warn again after this time without a success, in milliseconds. */
const WARN_AGAIN_AFTER_MS = 60_000;

/** Warn if a server asks for a longer wait, in milliseconds. */
const LONG_WAIT_MS = 60_000;

export interface FailedAttempt {
  readonly failure: Failure;
  /** The next attempt, or `null` if there is none. */
  readonly next: NextAttempt | null;
  readonly sample: SampleRun;
  readonly job: SamplingJob;
}

/** Counts failures without a success between them, so that a run that makes no progress is not silent. */
export class FailureStreak {
  readonly #clock: Clock;
  #count = 0;
  #sinceMs = 0;
  #warnedMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#count = 0;
  }

  /** Logs a failed attempt, and warns if there have been many. */
  add({ failure, next, sample, job }: FailedAttempt): void {
    const { message } = failure;
    const { limiter, log } = job;
    const then = next === null
      ? "not retried"
      : `next attempt in ${Math.round(next.delayMs)} ms`;
    log.debug(
      `seed ${sample.request.seed}: ${message}; ${then}; up to ${
        countNoun(limiter.limit, "request")
      } in flight`,
    );
    if (failure.kind === "timeout") {
      const isOver = failure.limit === "maxElapsedMs";
      log.warn(
        isOver
          ? `a request was cut short by maxElapsedMs (${job.maxElapsedMs} ms). ${
            billed(sample)
          }`
          : timeoutWarning(sample, job.maxTimeoutRetries),
        isOver ? "maxElapsedMs" : "timeout",
      );
    }
    if (next === null) return;
    const seconds = next.delayMs / 1000;
    const inSeconds = `in ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
    if (next.delayMs > LONG_WAIT_MS) {
      log.warn(
        `the server asks to wait; the next attempt is ${inSeconds}: ${message}`,
        "long wait",
      );
    }
    if (!this.#shouldWarn()) return;
    log.warn(
      `${this.#count} requests in a row have failed. The next attempt is ${inSeconds}, ` +
        `with ${next.attemptsLeft} of ${job.maxRetries + 1} attempts left. ` +
        `Ctrl-C stops. The last error: ${message}`,
    );
  }

  #shouldWarn(): boolean {
    const nowMs = this.#clock.now();
    if (++this.#count === 1) {
      this.#sinceMs = nowMs;
      this.#warnedMs = -Infinity;
    }
    const isLong = this.#count > FEW_FAILURES &&
      nowMs - this.#sinceMs > WARN_AFTER_MS;
    if (
      (this.#count < WARN_AFTER_FAILURES && !isLong) ||
      nowMs - this.#warnedMs < WARN_AGAIN_AFTER_MS
    ) return false;
    this.#warnedMs = nowMs;
    return true;
  }
}

function timeoutWarning(
  sample: SampleRun,
  maxTimeoutRetries: number,
): string {
  const { timeoutMs } = sample.request;
  return `a request took longer than timeoutMs (${timeoutMs} ms). ${
    billed(sample)
  }, ` +
    `and so may each of its retries (maxTimeoutRetries is ${maxTimeoutRetries})`;
}

function billed({ costBound }: SampleRun): string {
  const cost = costBound === null
    ? ""
    : `, for up to ${formatUsd(costBound.maxUsd)}`;
  return `It may be billed in full${cost}`;
}
