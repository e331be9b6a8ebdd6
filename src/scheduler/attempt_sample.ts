import type { AbortSignalLike } from "../abort_signal_like.ts";
import { errorFromFailure } from "../error_from_failure.ts";
import type { RolloutsError } from "../errors.ts";
import type { Permit } from "../limiter.ts";
import type { Failure, Outcome } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import type { SampleLock } from "../sample_lock.ts";
import type { Reservation } from "./budget.ts";
import { OUT_OF_FILES } from "./classify_outcome.ts";
import type { CostBound } from "./cost_bound.ts";
import { requestCostUsd } from "./request_cost_usd.ts";
import { isFatal } from "./retry_policy.ts";
import type { SamplingJob } from "./sampling_job.ts";
import type { Attempt, AttemptResult } from "./with_retries.ts";
import { formatUsd } from "../util/format_usd.ts";

/** The state that all attempts at one sample share. */
export interface SampleRun {
  readonly request: PreparedRequest;
  readonly lock: SampleLock;
  /** The most that the request can cost, or `null` without a budget. */
  readonly costBound: CostBound | null;
  readonly abortSignal: AbortSignalLike;
  /** Starts no more requests of the job. */
  readonly stop: (reason: RolloutsError) => void;
  /** Ends the job with an error, since every request would fail like this one. */
  readonly fail: (error: RolloutsError) => void;
  /** Whether a rejected key is tried once more. */
  readonly mayRetryRejection: () => boolean;
}

/**
 * Makes one attempt at a sample: reserves money, waits for its turn, acquires the sample's lock, sends
 * the request, and stores the answer. Releases all of them, and the permit, in the end.
 *
 * @throws {RolloutsError} If the answer does not count as a sample.
 * @throws The reason of the signal that ends a wait.
 */
export async function attemptSample(
  { transport, bucket, budget, memory, find, accept, log, maxElapsedMs }:
    SamplingJob,
  { request, lock, costBound, ...run }: SampleRun,
  { permit, number, waitSignal, deadline }: Attempt & {
    readonly permit: Permit;
  },
): Promise<AttemptResult> {
  const { seed } = request;
  let outcome: Outcome | null = null;
  let reservation: Reservation | null = null;
  let memoryUse: Disposable | null = null;
  let isSent = false;
  let isOutOfFiles = false;
  const worstCaseUsd = costBound?.maxUsd ?? 0;
  try {
    if (budget !== null || bucket !== null) {
      // The lock is held while a request is in flight, not while it waits for money or its turn.
      const stored = await find(seed);
      if (stored !== null) return stored;
      if (lock.peek() === "locked") return "locked";
    }
    if (budget !== null) {
      reservation = await budget.reserve(worstCaseUsd, waitSignal);
    }
    const { length } = request.body;
    if (memory.counts(length)) {
      memoryUse = await memory.acquire(length, waitSignal);
    }
    // The bucket comes last, so that a start is counted when it happens.
    if (bucket !== null) await bucket.take(waitSignal);
    const acquired = lock.acquire();
    // No turn of the event loop unless one is needed: requests that start together are sent together.
    const state = acquired instanceof Promise ? await acquired : acquired;
    // Another process may have stored the sample and released the lock in the meantime.
    const found = find(seed);
    const stored = found instanceof Promise ? await found : found;
    if (stored !== null) return stored;
    if (state === "locked") return "locked";
    isSent = true;
    const timeLeftMs = Math.ceil(deadline.timeLeftMs());
    const isCutShort = timeLeftMs < request.timeoutMs;
    const sent = isCutShort ? { ...request, timeoutMs: timeLeftMs } : request;
    outcome = await transport.send(sent, { signal: run.abortSignal });
    // Whatever stops the job happens before the permit is released, or the next request would start.
    if (outcome.type === "answer") {
      costBound?.observe(outcome.response.usage);
      const accepted = accept(outcome.response, {
        attempts: number,
        stop: run.stop,
      });
      if (!(accepted instanceof Promise)) return accepted;
      isOutOfFiles = true;
      return await accepted;
    }
    const { failure } = outcome;
    if (failure.kind === "timeout" && isCutShort) {
      return timeIsOver(request, maxElapsedMs);
    }
    if (
      failure.kind === "api" && failure.status === 401 &&
      run.mayRetryRejection()
    ) return { ...failure, retryable: true, isFatal: false };
    if (isFatal(failure)) run.fail(errorFromFailure(failure));
    return failure;
  } finally {
    const released = lock.release();
    const costUsd = isSent ? requestCostUsd(outcome, worstCaseUsd) : 0;
    reservation?.commit(costUsd);
    if (reservation !== null && costUsd > worstCaseUsd) {
      log.warn(
        `a request cost ${formatUsd(costUsd)}, more than its bound of ${
          formatUsd(worstCaseUsd)
        }: maxCostUsd may be exceeded`,
        "cost bound",
      );
    }
    memoryUse?.[Symbol.dispose]();
    permit.release(isOutOfFiles ? OUT_OF_FILES : outcome);
    // The next attempt must not find the lock of this one.
    if (released instanceof Promise) await released;
  }
}

function timeIsOver({ url }: PreparedRequest, maxElapsedMs: number): Failure {
  const { origin } = new URL(url);
  return {
    kind: "timeout",
    message:
      `no complete answer from ${origin} within maxElapsedMs (${maxElapsedMs} ms)`,
    limit: "maxElapsedMs",
  };
}
