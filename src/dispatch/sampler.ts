import { RolloutsError, WorkerError } from "../errors.ts";
import type { ProgressTracker } from "../progress/progress_tracker.ts";
import { Response } from "../response.ts";
import type { Clock } from "./clock.ts";
import type { Slot } from "./concurrency_controller.ts";
import { Halt } from "./halt.ts";
import type { Lane } from "./lanes.ts";
import type { SampleRequest } from "./protocol.ts";
import {
  type Claim,
  type Dispatch,
  type SampleStart,
  sampleUntilDone,
  type Spending,
} from "./sample_until_done.ts";
import type { SingleFlight } from "./single_flight.ts";
import { eitherSignal, type StopSignal, StopSource } from "./stop_signal.ts";
import { WorkerPool, type WorkerPoolOptions } from "./worker_pool.ts";

/** A run that gets nothing but failures is not left without a word. */
const FAILURES_TO_TELL = 10;

/** What keeping a sample may need beside it. */
export interface KeepContext {
  /** The provider's whole answer, as JSON. */
  readonly rawJson: string;
  /** Has no more requests started. */
  readonly stop: (reason: RolloutsError) => void;
}

/** Seeds of one prompt that are to be sampled. */
export interface SamplingJob {
  /** The request for a seed. */
  readonly request: (seed: number) => SampleRequest;
  /** A name for the prompt's samples, under which jobs share what they both ask for; null to share nothing. */
  readonly sharedAs: string | null;
  /**
   * Keeps a sample, and returns the one that is kept. It counts as done only then.
   */
  readonly keep: (response: Response, context: KeepContext) => Response;
  /** The right to request the sample of a seed. */
  readonly claim: (seed: number) => Claim;
  /** The limits that it shares with other jobs. */
  readonly lane: Lane;
  /** What its requests may cost; null for no limit. */
  readonly spending: Spending | null;
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
}

/** What a sampler is made of. */
export interface SamplerOptions extends WorkerPoolOptions {
  /** Time. */
  readonly clock: Clock;
  /** Samples that are under way, here or with other samplers. */
  readonly flights: SingleFlight<Response>;
}

/** Gets samples: limits, workers, attempts, and what calls share. */
export class Sampler {
  readonly #clock: Clock;
  readonly #pool: WorkerPool;
  readonly #flights: SingleFlight<Response>;
  readonly #halts = new Set<Halt>();
  #failuresInARow = 0;
  #stopped: RolloutsError | null = null;

  /** Makes a sampler; no worker is started yet. */
  constructor({ clock, flights, ...pool }: SamplerOptions) {
    this.#clock = clock;
    this.#flights = flights;
    this.#pool = new WorkerPool(pool);
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
    if (this.#stopped !== null) halt.stop(this.#stopped);
    this.#halts.add(halt);
    const cancel = new StopSource();
    const abort = () => cancel.abort(job.signal?.reason);
    job.signal?.addEventListener("abort", abort, { once: true });
    try {
      const results = await this.#getAll(seeds, job, { cancel, halt });
      cancel.throwIfAborted();
      if (halt.failure !== null) throw halt.failure;
      return results;
    } finally {
      job.signal?.removeEventListener("abort", abort);
      this.#halts.delete(halt);
    }
  }

  /** Starts no more requests, now or later; those under way come to their end. */
  stop(): void {
    this.#stopped ??= new RolloutsError(
      "not requested: the client was stopped",
    );
    for (const halt of this.#halts) halt.stop(this.#stopped);
  }

  /** Ends the workers; requests under way fail, and nothing waits any longer. */
  close(): void {
    const reason = new WorkerError("the client was closed");
    for (const halt of this.#halts) halt.fail(reason);
    this.#pool.close();
  }

  /**
   * Starts one sample after the other, each when there is a place for it, so that what waits is a
   * list of seeds and not as many promises.
   */
  async #getAll(
    seeds: readonly number[],
    job: SamplingJob,
    { cancel, halt }: { readonly cancel: StopSource; readonly halt: Halt },
  ): Promise<Map<number, Response | RolloutsError>> {
    const results = new Map<number, Response | RolloutsError>();
    const waiting = eitherSignal(cancel, halt.signal);
    const underWay = new Set<Promise<void>>();
    for (const seed of seeds) {
      const slot = await this.#slotFor(seed, job, waiting);
      if (cancel.aborted) {
        slot?.leave(null);
        break;
      }
      const sampling = this.#getOne(seed, job, { cancel, halt, slot })
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

  /** A place in flight; null where none is needed, since the sample is under way already or nothing more is started. */
  async #slotFor(
    seed: number,
    { lane, sharedAs }: SamplingJob,
    waiting: StopSignal,
  ): Promise<Slot | null> {
    const isUnderWay = () =>
      sharedAs !== null && this.#flights.has(`${sharedAs}/${seed}`);
    if (waiting.aborted || isUnderWay()) return null;
    try {
      const slot = await lane.concurrency.enter(waiting);
      if (!isUnderWay()) return slot;
      slot.leave(null);
    } catch (reason) {
      if (!waiting.aborted) throw reason;
    }
    return null;
  }

  async #getOne(
    seed: number,
    job: SamplingJob,
    start: SampleStart,
  ): Promise<Response | RolloutsError> {
    const { sharedAs, progress } = job;
    try {
      const response = sharedAs === null
        ? await this.#sampleOne(seed, job, start)
        : await this.#flights.run(
          `${sharedAs}/${seed}`,
          start.cancel,
          (cancel) => this.#sampleOne(seed, job, { ...start, cancel }),
        );
      if (response.cached) progress.addCached(1);
      else progress.addSampled(response);
      return response;
    } catch (error) {
      if (start.cancel.aborted || !(error instanceof RolloutsError)) {
        throw error;
      }
      progress.addFailed();
      return error;
    } finally {
      // It was not needed where another job has begun with the sample in the meantime.
      start.slot?.leave(null);
    }
  }

  async #sampleOne(
    seed: number,
    job: SamplingJob,
    start: SampleStart,
  ): Promise<Response> {
    const { lane, spending, maxRetries, maxElapsedMs, tell, warn } = job;
    const dispatch: Dispatch = {
      ...lane,
      spending,
      claim: job.claim(seed),
      send: (request, signal) => this.#pool.send(request, signal),
      clock: this.#clock,
      random: Math.random,
      maxRetries,
      maxElapsedMs,
      accept: (answer, attempts) => {
        this.#failuresInARow = 0;
        return job.keep(
          new Response(answer, { cached: false, attempts }),
          {
            rawJson: answer.rawJson,
            stop: (reason) => start.halt.stop(reason),
          },
        );
      },
      onFailure: ({ message }, delayMs) => {
        const next = delayMs === null
          ? "given up"
          : `again in ${Math.round(delayMs)} ms`;
        const { limit } = lane.concurrency;
        tell(`seed ${seed}: ${message}; ${next}; ${limit} may be in flight`);
        if (++this.#failuresInARow === FAILURES_TO_TELL) {
          warn(
            `${FAILURES_TO_TELL} requests in a row have failed, and are tried again: ${message}`,
          );
        }
      },
    };
    return await sampleUntilDone(job.request(seed), dispatch, start);
  }
}
