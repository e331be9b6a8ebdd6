import { EntryWriter } from "../cache/entry_writer.ts";
import { retryOutOfFiles } from "../cache/retry_out_of_files.ts";
import {
  checkHeadersHost,
  findApiKey,
  sampleApiKey,
} from "../catalog/require_api_key.ts";
import { knownQuantization } from "../catalog/known_quantization.ts";
import { CacheMissError, PrefillError } from "../errors.ts";
import type { Limiter } from "../limiter.ts";
import { ProgressTracker } from "../progress_tracker.ts";
import type { PromptRequest } from "../request/build_request.ts";
import { applyDialect } from "../request/apply_dialect.ts";
import { prepareRequests } from "../request/prepare_requests.ts";
import { renderTemplate } from "../request/render_template.ts";
import { Response, type WireResponse } from "../response.ts";
import { NO_LOCK } from "../sample_lock.ts";
import type { Limits } from "../scheduler/limiter_registry.ts";
import { processState } from "../scheduler/process_state.ts";
import type { AcceptContext, SamplingJob } from "../scheduler/sampling_job.ts";
import type { SampleResult } from "../scheduler/scheduler.ts";
import { systemClock } from "../util/clock.ts";
import type { GenerateContext } from "./generate_context.ts";
import { isPrefillRefusal } from "../prefill/is_prefill_refusal.ts";
import { restartError } from "./restart_error.ts";
import { progressBarFor } from "./progress_bar.ts";
import { samplePinned } from "./sample_pinned.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";
import { serverOf } from "./server_of.ts";
import { suggestModel } from "./suggest_model.ts";
import {
  preferencesOf,
  restrictToVerifiedProviders,
} from "./restrict_to_verified_providers.ts";

/**
 * Requests samples that are not stored, and stores them.
 *
 * @throws {RolloutsError} What concerns the whole call.
 * @throws The signal's reason, if it is aborted.
 */
export async function sampleSeeds(
  seeds: readonly number[],
  context: GenerateContext,
  runtime: SamplingRuntime,
): Promise<ReadonlyMap<number, SampleResult>> {
  const { settings, store, log } = context;
  if (seeds.length === 0 || settings.cacheOnly) {
    return reportMisses(seeds, context);
  }
  const apiKey = runtime.needsApiKey
    ? sampleApiKey(settings)
    : findApiKey(settings);
  const holders = runtime.transport.sharedLimits === undefined
    ? runtime.lockHolders
    : null;
  checkHeadersHost(settings);
  await retryOutOfFiles(() => store.prepare(holders), { log });
  const limits = await limitsOf(context, runtime, apiKey);
  const bar = progressBarFor(settings);
  const progress = trackerOf(context, limits.limiter, bar);
  progress.addCached(settings.nSamples - seeds.length);
  try {
    const sent = await resolveRequest(context, runtime, apiKey);
    for (const warning of sent.warnings) log.warn(warning);
    const sample = (seeds: readonly number[], sent: PromptRequest) =>
      runtime.scheduler.sample(
        seeds,
        jobOf(sent, context, { runtime, apiKey, limits, progress }),
      );
    const results = settings.pinProvider
      ? await samplePinned(seeds, {
        sent,
        store,
        sample,
        signal: settings.signal,
        slugs: await runtime.providerSlugs(sent.baseUrl),
      })
      : await sample(seeds, sent);
    if (sent.prefill !== null) warnOfRefusals(results, context);
    return results;
  } catch (error) {
    await warnOfUnknownModel(error, context, runtime);
    throw error;
  } finally {
    bar?.stop();
  }
}

async function warnOfUnknownModel(
  error: unknown,
  { settings: { model }, request: { baseUrl }, log }: GenerateContext,
  { modelIds }: SamplingRuntime,
): Promise<void> {
  const listModels = () => modelIds(baseUrl);
  const meant = await suggestModel(error, { model, listModels });
  if (meant !== null) {
    log.warn(`unknown model "${model}"; did you mean "${meant}"?`);
  }
}

/** Reports seeds as missing for a call that requests nothing. */
function reportMisses(
  seeds: readonly number[],
  context: GenerateContext,
): ReadonlyMap<number, SampleResult> {
  const { settings, request, store } = context;
  const { limiter } = processState().limiters.get({
    url: request.url,
    apiKey: "",
    model: settings.model,
    maxConcurrency: settings.maxConcurrency,
    requestsPerMinute: undefined,
  });
  const progress = trackerOf(context, limiter, null);
  progress.addCached(settings.nSamples - seeds.length);
  // One error for all: a million of them with their stacks take a gigabyte.
  const error = new CacheMissError(
    `the sample is not in ${store.paths.join(" or ")} (cacheOnly)`,
  );
  return new Map(seeds.map((seed) => {
    progress.addFailed();
    return [seed, error];
  }));
}

async function limitsOf(
  { settings, request }: GenerateContext,
  { transport: { sharedLimits } }: SamplingRuntime,
  apiKey: string | null,
): Promise<Limits> {
  const { maxConcurrency, requestsPerMinute } = settings;
  if (sharedLimits === undefined) {
    return processState().limiters.get({
      url: request.url,
      apiKey: apiKey ?? "",
      model: settings.model,
      maxConcurrency,
      requestsPerMinute,
    });
  }
  const limiter = await sharedLimits.limiter(maxConcurrency);
  return { limiter, bucket: null };
}

/** Returns the request as it is sent: rendered, restricted to verified providers, and as the server expects it. */
async function resolveRequest(
  context: GenerateContext,
  runtime: SamplingRuntime,
  apiKey: string | null,
): Promise<PromptRequest> {
  const { request, settings } = context;
  if (request.objection !== null && !settings.allowUnsupportedPrefill) {
    throw new PrefillError(
      `${request.objection}: the prefill would be lost; ` +
        "set allowUnsupportedPrefill: true to send it anyway",
    );
  }
  const restricted = await restrictToVerifiedProviders(
    await renderTemplate(request, settings),
    context,
  );
  return applyDialect(restricted, await serverOf(context, runtime, apiKey));
}

function jobOf(
  sent: PromptRequest,
  context: GenerateContext,
  { runtime, apiKey, limits, progress }: {
    readonly runtime: SamplingRuntime;
    readonly apiKey: string | null;
    readonly limits: Limits;
    readonly progress: ProgressTracker;
  },
): SamplingJob {
  const { settings, store, budget, log } = context;
  const { transport, prices } = runtime;
  const { sharedLimits } = transport;
  const { sentBody, seedField } = sent;
  let writer: EntryWriter | null = null;
  // A call without a cache does not serialize its request.
  const entryWriter = () =>
    writer ??= new EntryWriter(context.request, sentBody, seedField);
  return {
    ...limits,
    transport,
    // A transport that enforces the limits also enforces the budget.
    budget: sharedLimits === undefined ? budget : null,
    costBound: async () =>
      budget === null
        ? null
        : await prices.requireCostBound(sent.baseUrl, sentBody, settings),
    request: prepareRequests(sent, settings, {
      apiKey,
      sampleId: (seed) => store.sampleId(seed),
      maxCostUsd: budget?.maxCostUsd ?? null,
    }),
    group: groupOf(sent, apiKey),
    shareKey: store.shareKey,
    lock: (seed) => {
      if (sharedLimits === undefined) return store.lock(seed);
      const id = store.sampleId(seed);
      return id === null ? NO_LOCK : sharedLimits.lock(id);
    },
    memory: processState().memory,
    find: (seed) => retryOutOfFiles(() => store.find(seed), { log }),
    accept: (answer, options) =>
      acceptAnswer(answer, options, { sent, context, entryWriter }),
    progress,
    signal: settings.signal,
    maxRetries: settings.maxRetries,
    maxTimeoutRetries: settings.maxTimeoutRetries,
    maxRetryAfterMs: settings.maxRetryAfterMs,
    maxElapsedMs: settings.maxElapsedMs ?? Infinity,
    log,
  };
}

/** Returns what a request has besides its prompt. */
function groupOf(
  { url, sentBody: { messages: _, prompt: __, ...options } }: PromptRequest,
  apiKey: string | null,
): string {
  return JSON.stringify([url, apiKey, options]);
}

/**
 * Turns an answer into a sample and stores it.
 *
 * @throws {PrefillError} If the model started over and the call requires a continuation.
 */
function acceptAnswer(
  answer: WireResponse,
  { attempts, stop }: AcceptContext,
  { sent, context: { settings, store, log }, entryWriter }: {
    readonly sent: PromptRequest;
    readonly context: GenerateContext;
    readonly entryWriter: () => EntryWriter;
  },
): Response | Promise<Response> {
  const quantization = knownQuantization(preferencesOf(sent), answer.provider);
  const origin = { cached: false, attempts, quantization };
  const response = new Response(answer, origin, sent.sampled);
  for (const warning of answer.warnings ?? []) log.warn(warning, warning);
  if (response.prefill === "restarted") {
    const error = restartError(response, settings.model);
    if (!settings.allowUnsupportedPrefill) {
      log.warn(error.message, `restarted by ${response.provider}`);
    }
    if (settings.requireContinuation) throw error;
  }
  const format = () => entryWriter().write(response, answer.rawJson);
  return retryOutOfFiles(() => store.save(response, { format, stop }), { log });
}

function warnOfRefusals(
  results: ReadonlyMap<number, SampleResult>,
  { settings, log }: GenerateContext,
): void {
  if (settings.allowUnsupportedPrefill) return;
  for (const error of results.values()) {
    if (!isPrefillRefusal(error)) continue;
    const provider = error.provider ?? "the provider";
    log.warn(
      `${provider} rejected the prefill: ${error.message}`,
      `refused by ${error.provider}`,
    );
  }
}

function trackerOf(
  { settings, log }: GenerateContext,
  limiter: Limiter,
  bar: ReturnType<typeof progressBarFor>,
): ProgressTracker {
  return new ProgressTracker({
    total: settings.nSamples,
    now: systemClock.now,
    limiter,
    listeners: [settings.onProgress, bar?.update.bind(bar)]
      .filter((listener) => listener !== undefined),
    onListenerError: (error) =>
      log.warn(`onProgress threw an error, and is still called: ${error}`),
  });
}
