import { RolloutsError, WorkerError } from "../errors.ts";
import type { ProgressTracker } from "../progress/progress_tracker.ts";
import { Response } from "../response.ts";
import type { Clock } from "./clock.ts";
import { Halt } from "./halt.ts";
import type { Lane } from "./lanes.ts";
import type { SampleRequest } from "./protocol.ts";
import {
  type Claim,
  type Dispatch,
  sampleUntilDone,
  type Spending,
} from "./sample_until_done.ts";
import type { SingleFlight } from "./single_flight.ts";
import { WorkerPool, type WorkerPoolOptions } from "./worker_pool.ts";

/** A run that gets nothing but failures is not left without a word. */
const FAILURES_TO_TELL = 10;

/** Seeds of one prompt that are to be sampled. */
export interface SamplingJob {
  /** The request for a seed. */
  readonly request: (seed: number) => SampleRequest;
  /** A name for the prompt's samples, under which jobs share what they both ask for; null to share nothing. */
  readonly sharedAs: string | null;
  /**
   * Keeps a sample, and returns the one that is kept. It counts as done only then. `stop` has no more
   * requests started.
   */
  readonly keep: (
    response: Response,
    stop: (reason: RolloutsError) => void,
  ) => Response;
  /** The right to request the sample of a seed. */
  readonly claim: (seed: number) => Claim;
  /** The limits that it shares with other jobs. */
  readonly lane: Lane;
  /** What its requests may cost; null for no limit. */
  readonly spending: Spending | null;
  /** Counts what becomes of the samples. */
  readonly progress: ProgressTracker;
  /** Ends the job. */
  readonly signal: AbortSignal;
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
    const results = await Promise.all(
      seeds.map(async (seed) =>
        [seed, await this.#getOne(seed, job, halt)] as const
      ),
    ).finally(() => this.#halts.delete(halt));
    if (halt.failure !== null) throw halt.failure;
    return new Map(results);
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

  async #getOne(
    seed: number,
    job: SamplingJob,
    halt: Halt,
  ): Promise<Response | RolloutsError> {
    const { sharedAs, progress } = job;
    // One of its own: taking one of 10,000 listeners off a shared signal is slow.
    const signal = AbortSignal.any([job.signal]);
    const sample = (cancel: AbortSignal) =>
      this.#sampleOne(seed, job, { cancel, halt });
    try {
      const response = sharedAs === null
        ? await sample(signal)
        : await this.#flights.run(`${sharedAs}/${seed}`, signal, sample);
      if (response.cached) progress.addCached(1);
      else progress.addSampled(response);
      return response;
    } catch (error) {
      if (signal.aborted || !(error instanceof RolloutsError)) throw error;
      progress.addFailed();
      return error;
    }
  }

  async #sampleOne(
    seed: number,
    job: SamplingJob,
    stops: { readonly cancel: AbortSignal; readonly halt: Halt },
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
          (reason) => stops.halt.stop(reason),
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
    return await sampleUntilDone(job.request(seed), dispatch, stops);
  }
}
