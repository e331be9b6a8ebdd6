import type { AbortSignalLike } from "../abort_signal_like.ts";
import { RolloutsError, StoppedError, WorkerError } from "../errors.ts";
import type { Permit } from "../limiter.ts";
import type { Response } from "../response.ts";
import { abortable } from "../util/abortable.ts";
import { anySignal } from "../util/any_signal.ts";
import type { Clock } from "../util/clock.ts";
import { lightSignal } from "../util/light_signal.ts";
import type { SingleFlight } from "../util/single_flight.ts";
import { StopController, type StopSignals } from "../util/stop_controller.ts";
import { UseCounter } from "../util/use_counter.ts";
import { attemptSample, type SampleRun } from "./attempt_sample.ts";
import type { CostBound } from "./cost_bound.ts";
import { CallGroups } from "./call_groups.ts";
import { FailureStreak } from "./failure_streak.ts";
import { KeyHistory } from "./key_history.ts";
import { longestPauseMs } from "./retry_policy.ts";
import type { SamplingJob } from "./sampling_job.ts";
import { withRetries } from "./with_retries.ts";

/** How long another process may hold a lock before the user is notified, in milliseconds. */
const NOTIFY_LOCKED_AFTER_MS = 5_000;

const LOCKED_ELSEWHERE =
  "waiting for samples that another process with the same cache directory is requesting; " +
  "those that it does not complete are requested when it ends";

/** A sample, or why there is none. */
export type SampleResult = Response | RolloutsError;

interface Run extends Pick<SampleRun, "stop" | "fail"> {
  readonly controller: StopController;
  /** The error that concerns the whole job. */
  error: RolloutsError | null;
  /** The job itself, and samples of it that other jobs wait for. */
  readonly uses: UseCounter;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /** Samples in flight, shared by the schedulers of a process. */
  readonly samples: SingleFlight<Response>;
  /** Returns a random number from 0 to below 1. */
  readonly random?: () => number;
}

/** Runs jobs: starts a request whenever the limits allow one, and shares samples between jobs. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #samples: SingleFlight<Response>;
  readonly #random: () => number;
  readonly #runs = new Set<Run>();
  readonly #failures: FailureStreak;
  readonly #keys = new KeyHistory();
  readonly #groups = new CallGroups();
  #stopped: StoppedError | null = null;
  #closed: WorkerError | null = null;

  constructor({ clock, samples, random = Math.random }: SchedulerOptions) {
    this.#clock = clock;
    this.#samples = samples;
    this.#random = random;
    this.#failures = new FailureStreak(clock);
  }

  /**
   * Samples seeds. Resolves when each has a sample or an error; seeds that were not started when the
   * scheduler was stopped have a `StoppedError`.
   *
   * @throws {RolloutsError} What concerns every sample of the job.
   * @throws The reason of the job's signal, if it is aborted.
   */
  async sample(
    seeds: readonly number[],
    job: SamplingJob,
  ): Promise<Map<number, SampleResult>> {
    const controller = new StopController();
    const run: Run = {
      controller,
      error: null,
      stop: (reason) => controller.stop(reason),
      fail: (error) => this.#groups.fail(job.group, error),
      uses: new UseCounter(() => this.#runs.delete(run)),
    };
    if (this.#closed !== null) fail(run, this.#closed);
    if (this.#stopped !== null) controller.stop(this.#stopped);
    this.#runs.add(run);
    using _ = run.uses.use();
    using __ = this.#groups.join(job.group, (error) => fail(run, error));
    const signal = job.signal === undefined ? null : lightSignal(job.signal);
    const abort = () => controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const results = await this.#sampleAll(seeds, job, run);
      controller.abortSignal.throwIfAborted();
      if (run.error !== null) throw run.error;
      return results;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Starts no more requests, now or later. Requests in flight finish. */
  stop(message: string): void {
    this.#stopped ??= new StoppedError(message);
    for (const { controller } of this.#runs) controller.stop(this.#stopped);
  }

  /** Ends all waits. The transport ends the requests in flight. */
  close(): void {
    this.#closed ??= new WorkerError("the client was closed");
    for (const run of this.#runs) fail(run, this.#closed);
  }

  /** Starts one sample after another as permits become available, so that waiting seeds cost no memory. */
  async #sampleAll(
    seeds: readonly number[],
    job: SamplingJob,
    run: Run,
  ): Promise<Map<number, SampleResult>> {
    const { stopSignal, abortSignal } = run.controller;
    const results = new Map<number, SampleResult>();
    const inFlight = new Set<Promise<void>>();
    const costBound = await this.#costBound(job, stopSignal);
    for (const seed of seeds) {
      const acquired = this.#permitFor(seed, job, stopSignal);
      // Awaited only if it has to be: what there is room for starts, and is sent, at once.
      const permit = acquired instanceof Promise ? await acquired : acquired;
      if (permit instanceof RolloutsError) {
        job.progress.addFailed();
        results.set(seed, permit);
        continue;
      }
      if (abortSignal.aborted) {
        permit?.release(null);
        break;
      }
      const sampling = this.#sampleSeed(seed, job, {
        run,
        permit,
        costBound,
      }).then((result) => {
        results.set(seed, result);
        inFlight.delete(sampling);
      }, (error) => {
        // An unexpected error ends the job.
        run.controller.abort(error);
        inFlight.delete(sampling);
      });
      inFlight.add(sampling);
    }
    await Promise.all(inFlight);
    return results;
  }

  async #costBound(
    { costBound }: SamplingJob,
    stopSignal: AbortSignalLike,
  ): Promise<CostBound | null> {
    if (stopSignal.aborted) return null;
    try {
      return await abortable(stopSignal, (resolve, reject) => {
        costBound().then(resolve, reject);
      });
    } catch (error) {
      // No more requests are sent, so it is not needed.
      if (stopSignal.aborted) return null;
      throw error;
    }
  }

  /**
   * Returns a permit, or `null` if the sample needs none: it is in flight already, or the job ends.
   * Returns an error if the server asks for a longer pause than the job accepts.
   */
  #permitFor(
    seed: number,
    job: SamplingJob,
    stopSignal: AbortSignalLike,
  ): Permit | null | Promise<Permit | null | RolloutsError> {
    const { limiter, shareKey } = job;
    const isInFlight = () =>
      shareKey !== null && this.#samples.has(`${shareKey}/${seed}`);
    if (stopSignal.aborted || isInFlight()) return null;
    const maxPauseMs = longestPauseMs(job);
    return limiter.tryAcquire() ?? limiter.acquire(stopSignal, maxPauseMs).then(
      (permit) => {
        if (!isInFlight()) return permit;
        permit.release(null);
        return null;
      },
      (reason) => {
        if (stopSignal.aborted) return null;
        if (reason instanceof RolloutsError) return reason;
        throw reason;
      },
    );
  }

  async #sampleSeed(
    seed: number,
    job: SamplingJob,
    { run, permit, costBound }: {
      readonly run: Run;
      readonly permit: Permit | null;
      readonly costBound: CostBound | null;
    },
  ): Promise<SampleResult> {
    const { shareKey, progress } = job;
    const { controller } = run;
    const start = (signals: StopSignals) =>
      this.#requestSample(seed, job, { run, permit, costBound, signals });
    try {
      const response = shareKey === null
        ? await start(controller)
        : await this.#samples.run(
          `${shareKey}/${seed}`,
          controller,
          ({ abortSignal, stopSignal }) =>
            start({
              abortSignal,
              stopSignal: anySignal(stopSignal, controller.stopSignal),
            }),
        );
      if (response.cached) progress.addCached(1);
      else progress.addSampled(response);
      return response;
    } catch (error) {
      if (
        controller.abortSignal.aborted || !(error instanceof RolloutsError)
      ) throw error;
      // A sample that was not requested has not failed.
      if (!(error instanceof StoppedError)) progress.addFailed();
      return error;
    } finally {
      // Unused if another job started with the sample in the meantime.
      permit?.release(null);
    }
  }

  async #requestSample(
    seed: number,
    job: SamplingJob,
    { run, permit, costBound, signals: { abortSignal, stopSignal } }: {
      readonly run: Run;
      readonly permit: Permit | null;
      readonly costBound: CostBound | null;
      readonly signals: StopSignals;
    },
  ): Promise<Response> {
    using lock = job.lock(seed);
    const { limiter, log } = job;
    const sampleRun: SampleRun = {
      request: job.request(seed, costBound?.maxUsd ?? null),
      lock,
      costBound,
      abortSignal,
      stop: run.stop,
      fail: run.fail,
      mayRetryRejection: this.#keys.retryOnce(limiter),
    };
    let unused = permit;
    using _ = run.uses.use();
    // No asynchronous function: its state would stay in memory as long as the request is in flight.
    const response = await withRetries((attempt) => {
      const attemptWith = (permit: Permit) =>
        attemptSample(job, sampleRun, { ...attempt, permit });
      if (unused === null) {
        return limiter.acquire(attempt.waitSignal, longestPauseMs(job))
          .then(attemptWith);
      }
      const permit = unused;
      unused = null;
      return attemptWith(permit);
    }, {
      limits: job,
      clock: this.#clock,
      random: this.#random,
      stopSignal: anySignal(abortSignal, stopSignal),
      onFailure: (failure, next) => {
        if (failure.kind === "unsent" && failure.why === "stopped") {
          this.stop(failure.message);
        }
        this.#failures.add({ failure, next, sample: sampleRun, job });
      },
      onLocked: (waitedMs) => {
        if (waitedMs >= NOTIFY_LOCKED_AFTER_MS) log.warn(LOCKED_ELSEWHERE);
      },
    });
    this.#failures.reset();
    if (!response.cached) this.#keys.add(limiter);
    return response;
  }
}

function fail(run: Run, error: RolloutsError): void {
  run.error ??= error;
  run.controller.stop(error);
}
