import type { Logger } from "../logger.ts";
import type { MissExplanation } from "../cache/explain_miss.ts";
import type {
  ClientOptions,
  EmbedOptions,
  GenerateOptions,
} from "../options/options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { ScoreOptions } from "../options/score_options.ts";
import type { PrefillReport, ProbeOptions } from "../prefill/prefill_report.ts";
import type { Prompt } from "../prompt.ts";
import type {
  ResampleAllOptions,
  ResampledCut,
  ResampleOptions,
} from "../resampling/continuation_calls.ts";
import type { Response } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import type { Score } from "../score.ts";
import { type SamplingPlan, sumPlans } from "../sampling_plan.ts";
import { Budget } from "../scheduler/budget.ts";
import { generate } from "./generate.ts";
import {
  type CallerContext,
  generateContext,
  logOf,
  resolveCall,
} from "./generate_context.ts";
import type { PromptInput } from "./generate_many.ts";
import { lazyReports } from "./lazy_reports.ts";
import { LazyRuntime } from "./lazy_runtime.ts";
import type { ScoreArguments } from "./score.ts";

/**
 * Samples language models through OpenRouter: one prompt over many seeds, with every sample stored
 * in its own file, so that none is paid for twice.
 *
 * A script that never calls {@linkcode RolloutsClient.close} exits after its last sample.
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
  readonly #runtime: LazyRuntime;
  readonly #shared: CallerContext;
  /** Receives messages, by the options `logger` and `logLevel`. */
  readonly logger: Pick<Logger, "warn">;

  /**
   * Creates a client. Nothing is started, read, or requested yet.
   *
   * @throws {TypeError | RangeError} If an option is wrong, or `model` is missing.
   */
  constructor(options: ClientOptions) {
    const settings = resolveOptions(options);
    const warned = new Set<string>();
    const log = this.logger = logOf(settings, warned);
    this.#options = { ...options };
    this.#runtime = new LazyRuntime(this.#options);
    const reports = lazyReports({
      clientOptions: this.#options,
      generateWith: (base, budget) => (prompt, options) =>
        this.#generate(prompt, options, { budget, options: base }),
      log,
    });
    const budget = this.#budgetOf(settings.maxCostUsd, null);
    this.#shared = { budget, options: this.#options, reports, warned };
  }

  /**
   * Samples a prompt with the seeds `seed` to `seed + nSamples - 1`. Stored samples are read; the
   * others are requested, and each is stored as soon as it arrives.
   *
   * @param prompt Text, in which `<think>` starts the model's own reasoning, or messages.
   * @returns The samples in the order of their seeds. `errors` has the seeds that failed permanently.
   * @throws {TypeError | RangeError} If the prompt or an option is wrong.
   * @throws {RolloutsError} If a sample must be requested and no API key is known.
   * @throws {ApiError} If the API key is rejected, or the credit is used up.
   * @throws {CacheError} If the cache directory cannot be read.
   * @throws The signal's reason, if it is aborted.
   */
  async generate(
    prompt: Prompt,
    options: GenerateOptions = {},
  ): Promise<Rollouts> {
    const budget = this.#budgetOf(options?.maxCostUsd);
    return await this.#generate(prompt, options, { budget });
  }

  /**
   * Samples many prompts, each with optional overrides, a bounded number of them at a time.
   * No progress bar is drawn, and `onProgress` is called for each prompt on its own.
   *
   * @returns The samples of each prompt, in the order of the prompts.
   * @throws The first error of {@linkcode RolloutsClient.generate}, such as a 404 for an unknown model, after
   * the results of the prompts before it. Later prompts are then aborted, as when you leave the loop.
   */
  async *generateMany(
    prompts: Iterable<PromptInput> | AsyncIterable<PromptInput>,
    options: GenerateOptions = {},
  ): AsyncGenerator<Rollouts, void, undefined> {
    const budget = this.#budgetOf(options.maxCostUsd);
    const { generateMany } = await import("./generate_many.ts");
    yield* generateMany(prompts, options, {
      isShared: this.#options.transport?.sharedLimits !== undefined,
      generate: (prompt, own) =>
        this.#generate(prompt, own, {
          budget: this.#budgetOf(own.maxCostUsd, budget),
        }),
    });
  }

  /**
   * Validates a call of {@linkcode RolloutsClient.generate}.
   * @throws {TypeError | RangeError} If the prompt or an option is wrong.
   */
  validate(prompt: Prompt, options: GenerateOptions = {}): void {
    resolveCall(prompt, options, this.#options);
  }

  /**
   * Returns how many samples {@linkcode RolloutsClient.generate} would find, and what the others could
   * cost. Requests none and needs no API key. Counts files by name: a corrupt one can count as cached.
   *
   * @throws {TypeError | RangeError} If the prompt or an option is wrong.
   * @throws {CacheError} If the cache cannot be read.
   */
  async plan(
    prompt: Prompt,
    options: GenerateOptions = {},
  ): Promise<SamplingPlan> {
    const { planSamples } = await import("./plan_samples.ts");
    const context = this.#contextOf(prompt, options);
    return await planSamples(context, this.#runtime.load);
  }

  /**
   * Explains why a sample is not in the cache: which entry is nearest, and in which fields it differs.
   *
   * @param options `seed` selects the sample.
   * @throws {TypeError | RangeError} If the prompt or an option is wrong.
   * @throws {CacheError} If the cache cannot be read.
   */
  explainMiss(prompt: Prompt, options: GenerateOptions = {}): MissExplanation {
    const { settings, store } = this.#contextOf(prompt, options);
    return store.explainMiss(settings.seed ?? 0);
  }

  /**
   * Probes every provider of a model with prefills that only a provider that read them can complete.
   * Each request is paid for, with at most 200 output tokens. The option `verifyPrefill` uses the
   * report, which is stored in the cache directory.
   *
   * @throws {RangeError} If a number is out of range.
   * @throws {RolloutsError} If no API key is known, or the model has no providers.
   * @throws {ApiError} If the API key is rejected, or the model is unknown.
   * @throws {NetworkError} If the model's endpoints cannot be listed.
   */
  async probePrefill(options: ProbeOptions = {}): Promise<PrefillReport> {
    const budget = this.#budgetOf(options.maxCostUsd);
    return await (await this.#shared.reports()).probe(options, budget);
  }

  /**
   * Returns an embedding of each text, for comparing texts by meaning. Each text is requested once and
   * stored in the cache directory.
   *
   * @throws {RolloutsError} If a text is not stored and no API key is known.
   * @throws {ApiError} If the API returns a permanent error.
   * @throws {ResponseError} If the answer is not a list of embeddings.
   * @throws The signal's reason, if it is aborted.
   */
  async embed(
    texts: readonly string[],
    options: EmbedOptions,
  ): Promise<readonly (readonly number[])[]> {
    const { embedTexts } = await import("./embed_texts.ts");
    return await embedTexts(texts, resolveOptions(this.#options, options));
  }

  /**
   * Returns the log-probabilities of a given text after a prompt. Each score is requested once and stored
   * in the cache directory.
   *
   * @throws {RolloutsError} If the server cannot report them, or a token spans the end of the prompt.
   */
  score(prompt: Prompt, text: string, options?: ScoreOptions): Promise<Score>;
  /** Scores the chain of thought of a sample. Returns the score of each sentence. */
  score(response: Response, options?: ScoreOptions): Promise<Score[]>;
  async score(...args: ScoreArguments): Promise<Score | Score[]> {
    const { score } = await import("./score.ts");
    return await score(args, this.#options, this.#runtime.load);
  }

  /**
   * Samples other continuations of a chain of thought: cuts a sample's reasoning before or after a
   * sentence, and lets the model continue it, with the options of the sample.
   *
   * @throws {TypeError} If the sample has no reasoning, or its request is unknown.
   * @throws {RangeError} If it has no such sentence.
   * @throws What {@linkcode RolloutsClient.generate} throws.
   */
  async resample(
    response: Response,
    options: ResampleOptions,
  ): Promise<Rollouts> {
    const { continuationAt } = await loadContinuations();
    const call = continuationAt(response, options);
    return await this.generate(call.prompt, call.options);
  }

  /**
   * Resamples after every sentence, or every `every`-th, and after the end of the reasoning, as one
   * job with one progress. A repeated run continues where it stopped.
   *
   * @returns The cuts, in order.
   * @throws What {@linkcode RolloutsClient.resample} throws.
   */
  async *resampleAll(
    response: Response,
    options: ResampleAllOptions = {},
  ): AsyncGenerator<ResampledCut, void, undefined> {
    const { sampleContinuations } = await import("./sample_continuations.ts");
    yield* sampleContinuations(response, options, {
      options: this.#options,
      generateMany: (prompts, own) => this.generateMany(prompts, own),
    });
  }

  /** Same as {@linkcode RolloutsClient.plan}, for {@linkcode RolloutsClient.resampleAll}. */
  async planResampling(
    response: Response,
    options: ResampleAllOptions = {},
  ): Promise<SamplingPlan> {
    const { allContinuations } = await loadContinuations();
    const plans = [];
    for (const call of allContinuations(response, options)) {
      plans.push(await this.plan(call.prompt, call.options));
    }
    return sumPlans(plans);
  }

  /**
   * Starts no more requests. Those in flight, which are paid for, finish; then each call returns its
   * samples, with a `StoppedError` in `errors` for each of the others.
   */
  stop(): void {
    this.#runtime.stop();
  }

  /** Closes the client and its transport. Requests in flight fail; later calls can only read the cache. */
  close(): Promise<void> {
    return this.#runtime.close();
  }

  /** Same as {@linkcode RolloutsClient.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #generate(
    prompt: Prompt,
    options: GenerateOptions,
    caller: Partial<CallerContext>,
  ): Promise<Rollouts> {
    const context = this.#contextOf(prompt, options, caller);
    return await generate(context, this.#runtime.load);
  }

  #contextOf(
    prompt: Prompt,
    options: GenerateOptions,
    caller: Partial<CallerContext> = {},
  ) {
    return generateContext(prompt, options, { ...this.#shared, ...caller });
  }

  #budgetOf(maxCostUsd?: number, parent = this.#shared.budget): Budget | null {
    return maxCostUsd === undefined ? parent : new Budget(maxCostUsd, parent);
  }
}

const loadContinuations = () => import("../resampling/continuation_calls.ts");
