import { RolloutsError } from "../errors.ts";
import type { Notices } from "../notices.ts";
import { answerTo, type Response } from "../response.ts";
import { Rollouts } from "../rollouts.ts";
import { samplingOptions } from "../options/settings.ts";
import type { Call } from "./call.ts";
import type { LazySource } from "./lazy_source.ts";
import { restartError } from "./restart_error.ts";
import { tellPlan } from "./tell_plan.ts";

/**
 * The samples of a call: read from the cache, and the others requested.
 *
 * @throws {RolloutsError} What concerns the whole call.
 * @throws The signal's reason, where it is aborted.
 */
export async function sampleCall(
  call: Call,
  source: LazySource,
  notices: Notices,
): Promise<Rollouts> {
  const { settings, plan } = call;
  using cache = call.cache;
  settings.signal?.throwIfAborted();
  for (const warning of plan.warnings) notices.warn(warning);
  const { seed: firstSeed, nSamples } = settings;
  const responses = cache.load();
  const errors = new Map<number, RolloutsError>();
  const missing = [];
  for (let seed = firstSeed; seed < firstSeed + nSamples; seed++) {
    if (!responses.has(seed)) missing.push(seed);
  }
  tellPlan(call, missing, notices);
  // Who is told of the progress is told of cached samples, too.
  if (missing.length > 0 || settings.onProgress !== undefined) {
    const sampled = await (await source.load()).sample(missing, call);
    // By seed, not as they came.
    for (const seed of missing) {
      const result = sampled.get(seed);
      if (result instanceof RolloutsError) errors.set(seed, result);
      else if (result !== undefined) responses.set(seed, result);
    }
  }
  const request = { prompt: plan.prompt, options: samplingOptions(settings) };
  for (const response of responses.values()) answerTo(response, request);
  if (settings.requireContinuation) {
    failRestarted(responses, errors, settings.model);
  } else warnOfRestarts(responses, call, notices);
  warnOfMixture(responses, call, notices);
  const { model, temperature, topP, maxTokens } = settings;
  return new Rollouts({
    prompt: plan.prompt,
    responses: [...responses.values()].sort((a, b) => a.seed - b.seed),
    numResponses: nSamples,
    errors,
    temperature,
    topP,
    maxTokens,
    model,
    cacheDir: cache.path,
  });
}

/** Samples in the cache too, which another call has taken, are none where the model did not go on. */
function failRestarted(
  responses: Map<number, Response>,
  errors: Map<number, RolloutsError>,
  model: string,
): void {
  for (const [seed, response] of responses) {
    if (response.prefill !== "restarted") continue;
    responses.delete(seed);
    errors.set(seed, restartError(response, model));
  }
}

/** Of samples in the cache too: who reads them again is to know it again. */
function warnOfRestarts(
  responses: ReadonlyMap<number, Response>,
  { settings }: Call,
  notices: Notices,
): void {
  if (settings.allowUnsupportedPrefill) return;
  for (const response of responses.values()) {
    if (response.prefill !== "restarted") continue;
    const { message } = restartError(response, settings.model);
    notices.warn(message, `restarted by ${response.provider}`);
  }
}

/** Providers differ in weights, templates and samplers: their samples are not of one kind. */
function warnOfMixture(
  responses: ReadonlyMap<number, Response>,
  { settings }: Call,
  notices: Notices,
): void {
  const providers = new Set<string>();
  for (const { provider } of responses.values()) {
    if (provider !== null) providers.add(provider);
  }
  if (providers.size < 2) return;
  notices.warn(
    `samples of one prompt come from ${providers.size} providers ` +
      `(${
        [...providers].sort().join(", ")
      }); provider or pinProvider: true keeps them with one`,
    `providers of ${settings.model}`,
  );
}
