import { RolloutsError } from "../errors.ts";
import type { Response } from "../response.ts";
import { Rollouts } from "../rollouts.ts";
import type { GenerateContext } from "./generate_context.ts";
import { loadSamples } from "./load_samples.ts";
import { restartError } from "./restart_error.ts";
import type { SamplingRuntime } from "./sampling_runtime.ts";
import { countNoun } from "../util/count_noun.ts";

/**
 * Loads the stored samples of a call and requests the others.
 *
 * @param runtime Loads what requests need, if a sample is missing.
 * @throws {RolloutsError} What concerns the whole call.
 * @throws The signal's reason, if it is aborted.
 */
export async function generate(
  context: GenerateContext,
  runtime: () => Promise<SamplingRuntime>,
): Promise<Rollouts> {
  const { settings, request, log } = context;
  using store = context.store;
  settings.signal?.throwIfAborted();
  // Otherwise, the call fails before anything is sent.
  if (request.objection === null || settings.allowUnsupportedPrefill) {
    for (const warning of request.warnings) log.warn(warning);
  }
  const { nSamples } = settings;
  const firstSeed = settings.seed ?? 0;
  const responses = await loadSamples(context);
  const errors = new Map<number, RolloutsError>();
  const missing = [];
  for (let seed = firstSeed; seed < firstSeed + nSamples; seed++) {
    if (!responses.has(seed)) missing.push(seed);
  }
  if (log.isDebug) logPlan(context, missing);
  // Listeners are notified of cached samples, too.
  if (missing.length > 0 || settings.onProgress !== undefined) {
    const { sampleSeeds } = await import("./sample_seeds.ts");
    const sampled = await sampleSeeds(missing, context, await runtime());
    // In the order of the seeds, not of the answers.
    for (const seed of missing) {
      const result = sampled.get(seed);
      if (result instanceof RolloutsError) errors.set(seed, result);
      else if (result !== undefined) responses.set(seed, result);
    }
  }
  if (settings.requireContinuation) rejectRestarted(responses, errors, context);
  else warnOfRestarts(responses, context);
  warnOfMixedProviders(responses, context);
  const { model, temperature, topP, maxTokens } = settings;
  return new Rollouts({
    prompt: request.prompt,
    responses: [...responses.values()].sort((a, b) => a.seed - b.seed),
    numResponses: nSamples,
    errors,
    temperature,
    topP,
    maxTokens,
    model,
    cacheDir: store.displayPath,
  });
}

/** Logs what is cached, why the first missing sample is not, and what is sent. */
function logPlan(
  { settings, request, store, log }: GenerateContext,
  missing: readonly number[],
): void {
  const { nSamples, useCache } = settings;
  log.debug(
    `${nSamples - missing.length} of ${countNoun(nSamples, "sample")} cached`,
  );
  const [first] = missing;
  if (first === undefined) return;
  if (useCache) {
    log.debug(
      `seed ${first} is not cached: ${store.explainMiss(first).reason}`,
    );
  }
  const how = request.template === null
    ? ""
    : `, rendered by the chat template ${request.template}`;
  log.debug(`request to ${request.url}: ${JSON.stringify(request.body)}${how}`);
}

/** Also rejects cached samples, which a call without `requireContinuation` has stored. */
function rejectRestarted(
  responses: Map<number, Response>,
  errors: Map<number, RolloutsError>,
  { settings }: GenerateContext,
): void {
  for (const [seed, response] of responses) {
    if (response.prefill !== "restarted") continue;
    responses.delete(seed);
    errors.set(seed, restartError(response, settings.model));
  }
}

/** Also warns about cached samples, because users read them again. */
function warnOfRestarts(
  responses: ReadonlyMap<number, Response>,
  { settings, log }: GenerateContext,
): void {
  if (settings.allowUnsupportedPrefill) return;
  for (const response of responses.values()) {
    if (response.prefill !== "restarted") continue;
    const { message } = restartError(response, settings.model);
    log.warn(message, `restarted by ${response.provider}`);
  }
}

/** Providers differ in quantization, chat templates, and samplers, and so do their samples. */
function warnOfMixedProviders(
  responses: ReadonlyMap<number, Response>,
  { settings, log }: GenerateContext,
): void {
  const providers = new Set<string>();
  for (const { provider } of responses.values()) {
    if (provider !== null) providers.add(provider);
  }
  if (providers.size < 2) return;
  const names = [...providers].sort().join(", ");
  log.warn(
    `samples of one prompt come from ${providers.size} providers (${names}); ` +
      "set provider, or pinProvider: true, to use one",
    `providers of ${settings.model}`,
  );
}
