import { RolloutsError, StoppedError, WorkerError } from "../errors.ts";
import type { Response } from "../response.ts";
import type { Clock } from "../util/clock.ts";
import type { Permit } from "../limiter.ts";
import { Halt } from "./halt.ts";
import {
  type Dispatch,
  type SampleStart,
  type Spending,
  withRetries,
} from "./with_retries.ts";
import type { SamplingJob } from "./sampling_job.ts";
import type { SingleFlight } from "../util/single_flight.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { anySignal } from "../util/any_signal.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";

/** A run that gets nothing but failures is not left without a word. */
const FAILURES_TO_TELL = 10;

/** Nor one that has got nothing else for so long, in milliseconds, and more than a few of them. */
const FAILING_MS = 3_000;
const FEW_FAILURES = 2;

/** Nor one that waits long, in milliseconds. */
const LONG_WAIT_MS = 60_000;

/** Or long for another program; what a dead one has left is taken over before that. */
const LONG_ELSEWHERE_MS = 5_000;

/** A job whose spending is known. */
interface StartedJob extends Omit<SamplingJob, "spending"> {
  readonly spending: Spending | null;
}

/** What a sampler is made of. */
export interface SamplerOptions {
  /** Time. */
  readonly clock: Clock;
  /** Samples that are under way, here or with other samplers. */
  readonly flights: SingleFlight<Response>;
}

/** Gets samples: limits, attempts, and what calls share. */
export class Sampler {
  readonly #clock: Clock;
  readonly #flights: SingleFlight<Response>;
  /** How many jobs, and samples that others wait for, go by each halt. */
  readonly #halts = new Map<Halt, number>();
  #failuresInARow = 0;
  #failingSinceMs = 0;
  #isFailureTold = false;
  #stopped: StoppedError | null = null;
  #ended: WorkerError | null = null;

  /** Makes a sampler. */
  constructor({ clock, flights }: SamplerOptions) {
    this.#clock = clock;
    this.#flights = flights;
  }

  /**
   * The samples of the seeds, or why they are not to be had.
   *
   * @throws {RolloutsError} What concerns every sample of the job.
   * @throws The signal's reason, where it is aborted.
   */
  async sample(
    seeds: readonly number[],
    job: SamplingJob,
  ): Promise<Map<number, Response | RolloutsError>> {
    const halt = new Halt();
    if (this.#ended !== null) halt.fail(this.#ended);
    if (this.#stopped !== null) halt.stop(this.#stopped);
    this.#retain(halt);
    const cancel = new LightAbortController();
    const abort = () => cancel.abort(job.signal?.reason);
    if (job.signal?.aborted) abort();
    job.signal?.addEventListener("abort", abort, { once: true });
    try {
      const results = await this.#getAll(seeds, job, { cancel, halt });
      cancel.throwIfAborted();
      if (halt.failure !== null) throw halt.failure;
      return results;
    } finally {
      job.signal?.removeEventListener("abort", abort);
      this.#release(halt);
    }
  }

  /** Starts no more requests, now or later, for a reason; those under way come to their end. */
  stop(reason: string): void {
    this.#stopped ??= new StoppedError(`not requested: ${reason}`);
    for (const halt of this.#halts.keys()) halt.stop(this.#stopped);
  }

  /** Nothing waits any longer; who sends the requests that are under way ends those. */
  close(): void {
    this.#ended ??= new WorkerError("the client was closed");
    for (const halt of this.#halts.keys()) halt.fail(this.#ended);
  }

  #retain(halt: Halt): void {
    this.#halts.set(halt, (this.#halts.get(halt) ?? 0) + 1);
  }

  #release(halt: Halt): void {
    const holders = this.#halts.get(halt)! - 1;
    if (holders > 0) this.#halts.set(halt, holders);
    else this.#halts.delete(halt);
  }

  /**
   * Starts one sample after the other, each when there is a place for it, so that what waits is a
   * list of seeds and not as many promises.
   */
  async #getAll(
    seeds: readonly number[],
    job: SamplingJob,
    { cancel, halt }: {
      readonly cancel: LightAbortController;
      readonly halt: Halt;
    },
  ): Promise<Map<number, Response | RolloutsError>> {
    const results = new Map<number, Response | RolloutsError>();
    const waiting = anySignal(cancel, halt.signal);
    const underWay = new Set<Promise<void>>();
    const spending = await this.#spendingOf(job, waiting);
    const context = { ...job, spending };
    for (const seed of seeds) {
      const place = this.#slotFor(seed, job, waiting);
      const slot = place instanceof Promise ? await place : place;
      if (cancel.aborted) {
        slot?.release(null);
        break;
      }
      const stops = { cancel, stop: halt.signal, halt, slot };
      const sampling = this.#getOne(seed, context, stops)
        .then((result) => {
          results.set(seed, result);
        })
        // Nothing that is known to happen: the job ends with it.
        .catch((error) => cancel.abort(error))
        .finally(() => underWay.delete(sampling));
      underWay.add(sampling);
    }
    await Promise.all(underWay);
    return results;
  }

  /**
   * A place in flight; null where none is needed, since the sample is under way already or nothing
   * more is started. It is a promise only where it has to be waited for: all that there is room for
   * is started in one go, and reaches the workers in one message.
   */
  #slotFor(
    seed: number,
    { lane, sharedAs }: Pick<SamplingJob, "lane" | "sharedAs">,
    waiting: AbortSignalLike,
  ): Permit | null | Promise<Permit | null> {
    const isUnderWay = () =>
      sharedAs !== null && this.#flights.has(`${sharedAs}/${seed}`);
    if (waiting.aborted || isUnderWay()) return null;
    const { concurrency } = lane;
    return concurrency.tryAcquire() ?? concurrency.acquire(waiting).then(
      (slot) => {
        if (!isUnderWay()) return slot;
        slot.release(null);
        return null;
      },
      (reason) => {
        if (!waiting.aborted) throw reason;
        return null;
      },
    );
  }

  /** What the requests may cost; null too where nothing is started any more before that is known. */
  async #spendingOf(
    { spending }: SamplingJob,
    waiting: AbortSignalLike,
  ): Promise<Spending | null> {
    if (waiting.aborted) return null;
    return await new Promise((resolve, reject) => {
      const giveUp = () => resolve(null);
      waiting.addEventListener("abort", giveUp, { once: true });
      spending().then(resolve, reject).finally(() =>
        waiting.removeEventListener("abort", giveUp)
      );
    });
  }

  async #getOne(
    seed: number,
    job: StartedJob,
    start: SampleStart,
  ): Promise<Response | RolloutsError> {
    const { sharedAs, progress } = job;
    try {
      const response = sharedAs === null
        ? await this.#sampleOne(seed, job, start)
        : await this.#flights.run(
          `${sharedAs}/${seed}`,
          start,
          ({ cancel, stop }) =>
            this.#sampleOne(seed, job, {
              ...start,
              cancel,
              stop: anySignal(stop, start.stop),
            }),
        );
      if (response.cached) progress.addCached(1);
      else progress.addSampled(response);
      return response;
    } catch (error) {
      if (start.cancel.aborted || !(error instanceof RolloutsError)) {
        throw error;
      }
      // What was not requested has not failed.
      if (!(error instanceof StoppedError)) progress.addFailed();
      return error;
    } finally {
      // It was not needed where another job has begun with the sample in the meantime.
      start.slot?.release(null);
    }
  }

  /** Counts a failure, and has it told once that there are but failures. */
  #countFailure(tell: () => void): void {
    const nowMs = this.#clock.now();
    const count = ++this.#failuresInARow;
    if (count === 1) {
      this.#failingSinceMs = nowMs;
      this.#isFailureTold = false;
    }
    const isLong = count > FEW_FAILURES &&
      nowMs - this.#failingSinceMs > FAILING_MS;
    if (this.#isFailureTold || (count < FAILURES_TO_TELL && !isLong)) return;
    this.#isFailureTold = true;
    tell();
  }

  async #sampleOne(
    seed: number,
    job: StartedJob,
    start: SampleStart,
  ): Promise<Response> {
    using claim = job.claim(seed);
    const { lane, spending, maxRetries, maxElapsedMs, tell, warn } = job;
    const dispatch: Dispatch = {
      ...lane,
      spending,
      claim,
      send: job.send,
      clock: this.#clock,
      random: Math.random,
      maxRetries,
      maxElapsedMs,
      accept: (answer, attempts) => {
        this.#failuresInARow = 0;
        const stop = (reason: RolloutsError) => start.halt.stop(reason);
        return job.keep(answer, { attempts, stop });
      },
      onFailure: ({ message }, delayMs) => {
        const next = delayMs === null
          ? "given up"
          : `again in ${Math.round(delayMs)} ms`;
        const { limit } = lane.concurrency;
        tell(`seed ${seed}: ${message}; ${next}; ${limit} may be in flight`);
        if (delayMs !== null && delayMs > LONG_WAIT_MS) {
          const seconds = Math.round(delayMs / 1000);
          warn(`the next attempt is in ${seconds} s, as was asked: ${message}`);
        }
        if (delayMs === null) return;
        this.#countFailure(() =>
          warn(
            `${this.#failuresInARow} requests in a row have failed, and are tried again: ${message}`,
          )
        );
      },
      onElsewhere: (leftMs) => {
        if (leftMs >= LONG_ELSEWHERE_MS) job.warnElsewhere();
      },
    };
    this.#retain(start.halt);
    try {
      return await withRetries(job.request(seed), dispatch, start);
    } finally {
      this.#release(start.halt);
    }
  }
}
