import type { MissExplanation } from "../cache/explain_miss.ts";
import { generateMany, type ManyPrompt } from "./generate_many.ts";
import { planSamples } from "./plan_samples.ts";
import { ClientCore } from "./client_core.ts";
import type { Prompt } from "../prompt.ts";
import type {
  ClientOptions,
  EmbedOptions,
  GenerateOptions,
} from "../options/options.ts";
import type { PrefillReport } from "../prefill/prefill_report.ts";
import type { ProbeOptions } from "../prefill/probe_options.ts";
import type {
  ResampleAllOptions,
  ResampledCut,
  ResampleOptions,
} from "../resampling/continuation_calls.ts";
import type { Response } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import { type SamplingPlan, sumOfPlans } from "../sampling_plan.ts";

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
  readonly #core: ClientCore;

  /**
   * Makes a client; nothing is started, read or requested yet.
   *
   * @param options Options for every call of this client.
   * @throws {TypeError} Where an option is unknown, of the wrong type, or `model` is missing.
   * @throws {RangeError} Where a number is out of its range.
   */
  constructor(options: ClientOptions) {
    this.#core = new ClientCore(options);
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
    const budget = this.#core.budgetOf(options?.maxCostUsd);
    return await this.#core.generate(prompt, options, { budget });
  }

  /**
   * Samples many prompts, a bounded number of them at a time, however many there are.
   *
   * @param prompts Prompts, each alone or with options of its own.
   * @param options Options of all of them.
   * @returns The samples of each prompt, in the order of the prompts. No progress bar is drawn.
   * @throws What {@linkcode RolloutsClient.generate} throws, when it is the prompt's turn; what
   * is under way for later prompts is then ended, as it is when the loop is left.
   *
   * @example
   * ```ts
   * import { RolloutsClient } from "@rollouts/client";
   * import { MockOpenRouter } from "@rollouts/client/testing";
   *
   * await using mock = await MockOpenRouter.start();
   * await using client = new RolloutsClient({
   *   model: "qwen/qwen3-30b-a3b",
   *   baseUrl: mock.baseUrl,
   *   apiKey: "sk-example",
   *   useCache: false,
   * });
   * const prompts = ["What is 1+1?", { prompt: "What is 2+2?", temperature: 1 }];
   * for await (const rollouts of client.generateMany(prompts, { nSamples: 3 })) {
   *   console.log(rollouts.prompt, rollouts.getContents());
   * }
   * ```
   */
  async *generateMany(
    prompts: Iterable<ManyPrompt> | AsyncIterable<ManyPrompt>,
    options: GenerateOptions = {},
  ): AsyncGenerator<Rollouts, void, undefined> {
    const budgetOf = this.#core.budgetsOf(options);
    yield* generateMany(prompts, options, {
      samplesAhead: this.#core.samplesAhead,
      generate: (prompt, own) =>
        this.#core.generate(prompt, own, { budget: budgetOf(own) }),
    });
  }

  /**
   * Checks a prompt and its options as {@linkcode RolloutsClient.generate} does, and does nothing.
   *
   * @throws {TypeError} Where the prompt or an option is wrong.
   * @throws {RangeError} Where a number is out of its range.
   */
  check(prompt: Prompt, options: GenerateOptions = {}): void {
    this.#core.prepare(prompt, options);
  }

  /**
   * Says what {@linkcode RolloutsClient.generate} would find in the cache, and what the rest could
   * cost. Nothing is sampled, and no key is needed.
   *
   * @throws {TypeError} Where the prompt or an option is wrong.
   * @throws {RangeError} Where a number is out of its range.
   * @throws {CacheError} Where the cache cannot be read.
   * @throws {NetworkError} Where samples are missing and no prices are to be had.
   */
  async plan(
    prompt: Prompt,
    options: GenerateOptions = {},
  ): Promise<SamplingPlan> {
    return await planSamples(
      this.#core.prepare(prompt, options),
      this.#core.source,
    );
  }

  /**
   * Says why a sample is not in the cache: which entry is nearest, and in which fields it differs.
   * Nothing is requested.
   *
   * @param prompt The prompt, as for {@linkcode RolloutsClient.generate}.
   * @param options The options; `seed` tells which sample.
   * @throws {TypeError} Where the prompt or an option is wrong.
   * @throws {RangeError} Where a number is out of its range.
   * @throws {CacheError} Where the cache cannot be read.
   */
  explainMiss(prompt: Prompt, options: GenerateOptions = {}): MissExplanation {
    const { settings, cache } = this.#core.prepare(prompt, options);
    return cache.samples.explainMiss(settings.seed);
  }

  /**
   * Finds out who goes on with the beginning of a thought: asks all that serve a model, with
   * questions which only they can go on with who have read it. The requests are paid, with
   * at most 200 tokens of answer each; the report is kept in the cache directory, and the option
   * `verifyPrefill` goes by it.
   *
   * @param options The model and what else differs from the client's options, and `nSeeds`.
   * @throws {RangeError} Where a number is out of its range.
   * @throws {RolloutsError} Where no key is known, or nobody serves the model.
   * @throws {ApiError} Where the key is not accepted, or the API does not know the model.
   * @throws {NetworkError} Where the API's list of endpoints is not to be had.
   */
  async probePrefill(options: ProbeOptions = {}): Promise<PrefillReport> {
    return await (await this.#core.reports()).probe(
      options,
      this.#core.budgetOf(options.maxCostUsd),
    );
  }

  /**
   * The embeddings of texts, each asked for once and kept in the cache directory. They tell how alike
   * texts are in meaning.
   *
   * @param texts The texts.
   * @param options The embedding `model`, and what else differs from the client's options.
   * @returns One vector for each text, in their order.
   * @throws {RolloutsError} Where no key is known and a text is not in the cache.
   * @throws {ApiError} Where the API answers with an error for good.
   * @throws {ResponseError} Where what it answers is no list of embeddings.
   * @throws The signal's reason, where it is aborted.
   */
  async embed(
    texts: readonly string[],
    options: EmbedOptions,
  ): Promise<readonly (readonly number[])[]> {
    const { embedTexts } = await import("./embed_texts.ts");
    return await embedTexts(texts, this.#core.settings(options));
  }

  /**
   * Samples how else a chain of thought may go on: cuts the sample's reasoning before or after a
   * sentence, and has the model continue what is kept. The options are those with which the sample was got.
   *
   * @param response A sample with reasoning, of a client's.
   * @param options The sentence, `nSamples`, and what else differs.
   * @throws {TypeError} Where the sample shows no reasoning, or does not know what it answers.
   * @throws {RangeError} Where it has no such sentence.
   * @throws What {@linkcode RolloutsClient.generate} throws.
   */
  async resample(
    response: Response,
    options: ResampleOptions,
  ): Promise<Rollouts> {
    const { continuationAt } = await loadContinuations();
    const { prompt, options: own } = continuationAt(response, options);
    return await this.generate(prompt, own);
  }

  /**
   * The same for all sentences, or each `every`-th, and the end of the thought: one job, whose cuts
   * are sampled together and given in order. A run that is started again goes on where it was, and
   * no prefix is bought twice. Progress is that of the whole job, and so is the bar.
   *
   * @throws What {@linkcode RolloutsClient.resample} throws.
   */
  async *resampleAll(
    response: Response,
    options: ResampleAllOptions = {},
  ): AsyncGenerator<ResampledCut, void, undefined> {
    const { allContinuations } = await loadContinuations();
    const calls = allContinuations(response, options);
    const { options: own } = calls[0]!;
    const { sampleContinuations } = await import(
      "./sample_continuations.ts"
    );
    yield* sampleContinuations(
      calls,
      this.#core.settings(own),
      (prompts) => this.generateMany(prompts, own),
    );
  }

  /**
   * Says how many samples {@linkcode RolloutsClient.resampleAll} would find and request, and what those
   * can cost.
   *
   * @throws What {@linkcode RolloutsClient.plan} throws.
   */
  async planResampling(
    response: Response,
    options: ResampleAllOptions = {},
  ): Promise<SamplingPlan> {
    const { allContinuations } = await loadContinuations();
    const plans = [];
    for (
      const { prompt, options: own } of allContinuations(response, options)
    ) {
      plans.push(await this.plan(prompt, own));
    }
    return sumOfPlans(plans);
  }

  /**
   * Starts no more requests, now or later. Those under way, which are paid, come to their end; then
   * each call returns what is there, and the rest stands in its `errors`, as a `StoppedError`.
   */
  stop(): void {
    this.#core.source.stop();
  }

  /** Ends the workers. Requests under way fail, and later calls can only read the cache. */
  close(): void {
    this.#core.source.close();
  }

  /** The same as {@linkcode RolloutsClient.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#core.source.close();
  }
}

async function loadContinuations(): Promise<
  typeof import("../resampling/continuation_calls.ts")
> {
  return await import("../resampling/continuation_calls.ts");
}
