import { DirectoryStore } from "./cache/directory_store.ts";
import { SampleCache } from "./cache/sample_cache.ts";
import { systemClock } from "./dispatch/clock.ts";
import { type Lane, Lanes } from "./dispatch/lanes.ts";
import {
  type Dispatch,
  sampleUntilDone,
} from "./dispatch/sample_until_done.ts";
import { SingleFlight } from "./dispatch/single_flight.ts";
import { WorkerPool } from "./dispatch/worker_pool.ts";
import { CacheError, CacheMissError, RolloutsError } from "./errors.ts";
import type { Prompt } from "./openrouter/api_types.ts";
import { requireApiKey } from "./openrouter/require_api_key.ts";
import type { ClientOptions, GenerateOptions, Settings } from "./options.ts";
import {
  OPENROUTER_BASE_URL,
  planPrompt,
  type PromptPlan,
} from "./plan_prompt.ts";
import { ProgressBar } from "./progress/progress_bar.ts";
import { ProgressTracker } from "./progress/progress_tracker.ts";
import { resolveOptions } from "./resolve_options.ts";
import { Response } from "./response.ts";
import { Rollouts } from "./rollouts.ts";
import { readEnv } from "./runtime/env.ts";
import { processors } from "./runtime/processors.ts";
import { spawnWorker } from "./runtime/spawn_worker.ts";
import { stderrIsTerminal } from "./runtime/terminal.ts";

/** What a call of `generate` is about. */
interface CallContext {
  readonly settings: Settings;
  readonly plan: PromptPlan;
  readonly cache: SampleCache | null;
}

/** A call of `generate` that has samples to request. */
interface Call extends CallContext {
  readonly apiKey: string;
  readonly lane: Lane;
  readonly progress: ProgressTracker;
  /** The caller's signal, or one that is never aborted. */
  readonly signal: AbortSignal;
  /** Aborted where a failure concerns every sample of the call. */
  readonly halt: AbortController;
}

/**
 * Samples language models through OpenRouter: many seeds of one prompt at a time, each kept
 * as a file of its own, none paid twice.
 *
 * A program that never calls {@linkcode RolloutsClient.close} ends by itself shortly after its last sample.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   cacheDir: Deno.makeTempDirSync(),
 * });
 * await client.generate("What is 5*10?", { nSamples: 2 });
 * const rollouts = await client.generate("What is 5*10?", { nSamples: 5 });
 * assertEquals(rollouts.responses.map(({ cached }) => cached), [true, true, false, false, false]);
 * ```
 */
export class RolloutsClient {
  readonly #options: ClientOptions;
  readonly #pool: WorkerPool;
  readonly #lanes = new Lanes(systemClock);
  readonly #flights = new SingleFlight<Response>();
  readonly #warned = new Set<string>();

  /**
   * Makes a client; nothing is started, read or requested yet.
   *
   * @param options Options for every call of this client.
   * @throws {TypeError} Where an option is unknown, of the wrong type, or `model` is missing.
   * @throws {RangeError} Where a number is out of its range.
   */
  constructor(options: ClientOptions) {
    const { workers } = resolveOptions(options);
    this.#options = { ...options };
    this.#pool = new WorkerPool({
      size: workers ?? Math.min(4, processors()),
      spawn: spawnWorker,
    });
  }

  /**
   * Samples a prompt with the seeds `seed` to `seed + nSamples - 1`. Samples in the cache are
   * read, the others requested, and each written as soon as it is there.
   *
   * @param prompt Text, in which `<think>` starts the model's own reasoning; or messages.
   * @param options Overrides of the client's options, and those of this call.
   * @returns The samples in the order of their seeds; those that failed for good stand in `errors`.
   * @throws {TypeError} Where the prompt or an option is wrong.
   * @throws {RangeError} Where a number is out of its range.
   * @throws {RolloutsError} Where no key is known and a sample has to be requested.
   * @throws {ApiError} Where the key is not accepted, or the credit used up.
   * @throws {CacheError} Where the cache directory cannot be read.
   * @throws The signal's reason, where it is aborted.
   */
  async generate(
    prompt: Prompt,
    options: GenerateOptions = {},
  ): Promise<Rollouts> {
    const settings = resolveOptions(this.#options, options);
    settings.signal?.throwIfAborted();
    const baseUrl = settings.baseUrl ?? readEnv("OPENROUTER_BASE_URL") ??
      OPENROUTER_BASE_URL;
    const plan = planPrompt(prompt, settings, baseUrl);
    for (const warning of plan.warnings) this.#warn(warning);
    const cache = settings.useCache
      ? new SampleCache(
        new DirectoryStore(settings.cacheDir),
        plan,
        (warning) => this.#warn(warning),
      )
      : null;
    const { seed: firstSeed, nSamples, model } = settings;
    const responses = cache?.load(firstSeed, nSamples) ??
      new Map<number, Response>();
    const errors = new Map<number, RolloutsError>();
    const missing = [];
    for (let seed = firstSeed; seed < firstSeed + nSamples; seed++) {
      if (!responses.has(seed)) missing.push(seed);
    }
    const results = await this.#getMissing(missing, { settings, plan, cache });
    for (const [seed, result] of results) {
      if (result instanceof RolloutsError) errors.set(seed, result);
      else responses.set(seed, result);
    }
    const { temperature, topP, maxTokens } = settings;
    return new Rollouts({
      prompt,
      responses: [...responses.values()].sort((a, b) => a.seed - b.seed),
      numResponses: nSamples,
      errors,
      temperature,
      topP,
      maxTokens,
      model,
      cacheDir: cache?.path ?? null,
    });
  }

  /** Ends the workers. Requests under way fail, and later calls can only read the cache. */
  close(): void {
    this.#pool.close();
  }

  /** The same as {@linkcode RolloutsClient.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  async #getMissing(
    seeds: readonly number[],
    context: CallContext,
  ): Promise<(readonly [number, Response | RolloutsError])[]> {
    const { settings, cache } = context;
    const { nSamples, onProgress } = settings;
    const lane = this.#lane(context);
    const bar = this.#progressBar(seeds, settings);
    const listeners = [];
    if (onProgress !== undefined) listeners.push(onProgress);
    if (bar !== null) listeners.push(bar.update.bind(bar));
    const progress = new ProgressTracker({
      total: nSamples,
      now: systemClock.now,
      inFlight: () => lane.concurrency.inFlight,
      listeners,
    });
    progress.addCached(nSamples - seeds.length);
    if (settings.cacheOnly) {
      return seeds.map((seed) => {
        progress.addFailed();
        const message = `seed ${seed} is not in ${cache?.path}`;
        return [seed, new CacheMissError(message)];
      });
    }
    if (seeds.length === 0) return [];
    const apiKey = requireApiKey(settings.apiKey);
    const halt = new AbortController();
    const signal = settings.signal ?? new AbortController().signal;
    const call: Call = { ...context, apiKey, lane, progress, signal, halt };
    try {
      const results = await Promise.all(
        seeds.map(async (seed) => [seed, await this.#get(seed, call)] as const),
      );
      halt.signal.throwIfAborted();
      return results;
    } finally {
      bar?.stop();
    }
  }

  /** One sample, or why it is not to be had; rejects only where the call is aborted. */
  async #get(seed: number, call: Call): Promise<Response | RolloutsError> {
    const { cache, progress } = call;
    // One of its own: taking one of 10,000 listeners off a shared signal is slow.
    const signal = AbortSignal.any([call.signal]);
    const sample = (cancel: AbortSignal) => this.#sample(seed, call, cancel);
    try {
      const response = cache === null
        ? await sample(signal)
        : await this.#flights.run(`${cache.path}/${seed}`, signal, sample);
      progress.addSampled(response);
      return response;
    } catch (error) {
      if (signal.aborted || !(error instanceof RolloutsError)) throw error;
      progress.addFailed();
      return error;
    }
  }

  /** Requests a sample and writes it: it counts as done only then. */
  async #sample(
    seed: number,
    { settings, plan, cache, apiKey, lane, halt }: Call,
    cancel: AbortSignal,
  ): Promise<Response> {
    this.#tell(settings, `seed ${seed} is requested from ${plan.url}`);
    const dispatch: Dispatch = {
      send: (request, signal) => this.#pool.send(request, signal),
      ...lane,
      clock: systemClock,
      random: Math.random,
      maxRetries: settings.maxRetries,
      maxElapsedMs: settings.maxElapsedMs ?? Infinity,
      onFailure: ({ message }, delayMs) => {
        const next = delayMs === null
          ? "given up"
          : `again in ${Math.round(delayMs)} ms`;
        this.#tell(settings, `seed ${seed}: ${message}; ${next}`);
      },
    };
    const request = plan.request(seed, apiKey);
    const stops = { cancel, halt };
    const sampled = await sampleUntilDone(request, dispatch, stops);
    const { attempts } = sampled;
    const response = new Response(sampled.response, {
      cached: false,
      attempts,
    });
    try {
      return cache?.save(response) ?? response;
    } catch (error) {
      // The sample is paid: the caller gets it all the same.
      if (!(error instanceof CacheError)) throw error;
      this.#warn(`a sample was not kept: ${error.message}`);
      return response;
    }
  }

  #lane({ settings, plan }: CallContext): Lane {
    const { maxConcurrency, requestsPerMinute, apiKey = "" } = settings;
    return this.#lanes.get({
      url: plan.url,
      apiKey,
      maxConcurrency,
      requestsPerMinute,
    });
  }

  #progressBar(
    seeds: readonly number[],
    { progressBar, nSamples }: Settings,
  ): ProgressBar | null {
    const isWanted = progressBar && nSamples > 1 && seeds.length > 0;
    return isWanted && stderrIsTerminal() ? new ProgressBar() : null;
  }

  #tell({ verbose }: Settings, message: string): void {
    if (verbose) console.error(`rollouts: ${message}`);
  }

  #warn(warning: string): void {
    if (this.#warned.has(warning)) return;
    this.#warned.add(warning);
    console.warn(`rollouts: ${warning}`);
  }
}
