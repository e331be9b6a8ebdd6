import { narrowProviders } from "../catalog/narrow_providers.ts";
import { retryOutOfFiles } from "../cache/retry_out_of_files.ts";
import type { SampleStore } from "../cache/sample_store.ts";
import { RolloutsError, StoppedError } from "../errors.ts";
import type { PromptRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import { processState } from "../scheduler/process_state.ts";
import type { SampleResult } from "../scheduler/scheduler.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { lightSignal } from "../util/light_signal.ts";
import {
  preferencesOf,
  withProvider,
} from "./restrict_to_verified_providers.ts";

/** A call that pins its provider. */
export interface PinContext {
  readonly sent: PromptRequest;
  readonly store: SampleStore;
  /** Requests samples. */
  readonly sample: (
    seeds: readonly number[],
    sent: PromptRequest,
  ) => Promise<ReadonlyMap<number, SampleResult>>;
  readonly signal: AbortSignal | undefined;
  /** The slugs of the providers, by their names. */
  readonly slugs: ReadonlyMap<string, string>;
}

/** The number of seeds that may fail before the other seeds fail, too. */
const MAX_FAILURES = 3;

/**
 * Samples seeds with the provider of the prompt's first sample. If there is none yet, seeds are sampled
 * one after another until one succeeds; other calls for the same prompt wait for it. If three
 * fail, or the provider is unknown, the other seeds fail.
 */
export async function samplePinned(
  seeds: readonly number[],
  context: PinContext,
): Promise<ReadonlyMap<number, SampleResult>> {
  const results = new Map<number, SampleResult>();
  const left = [...seeds];
  const first = await findFirst(left, results, context);
  if (left.length === 0) return results;
  const pinned = first instanceof RolloutsError ? first : pin(context, first);
  if (pinned instanceof RolloutsError) {
    for (const seed of left) results.set(seed, pinned);
    return results;
  }
  for (const [seed, result] of await context.sample(left, pinned)) {
    results.set(seed, result);
  }
  return results;
}

/** Returns the first sample, stored or requested now, or the error. Takes the seeds that it requests off `left`. */
async function findFirst(
  left: number[],
  results: Map<number, SampleResult>,
  { sent, store, sample, signal }: PinContext,
): Promise<SampleResult> {
  const search = async (): Promise<Response> => {
    const stored = await retryOutOfFiles(() => store.first());
    if (stored !== null) return stored;
    let error = new RolloutsError(
      "pinProvider: no first sample to take the provider from",
    );
    for (let failures = 0; failures < MAX_FAILURES; failures++) {
      const [seed] = left.splice(0, 1);
      if (seed === undefined) break;
      const result = (await sample([seed], sent)).get(seed);
      if (result === undefined) break;
      results.set(seed, result);
      if (!(result instanceof RolloutsError)) return result;
      if (result instanceof StoppedError) throw result;
      error = new RolloutsError(
        `not requested, since pinProvider needs a first sample, which failed: ${result.message}`,
        { cause: result },
      );
    }
    throw error;
  };
  const key = store.shareKey;
  const ownSignal = signal === undefined
    ? new LightAbortController()
    : lightSignal(signal);
  const signals = { abortSignal: ownSignal, stopSignal: ownSignal };
  try {
    if (key === null) return await search();
    return await processState().firstSamples.run(key, signals, search);
  } catch (error) {
    if (error instanceof RolloutsError && !ownSignal.aborted) return error;
    throw error;
  }
}

/** Restricts a request to the provider of the first sample, or returns why that is impossible. */
function pin(
  { sent, slugs }: PinContext,
  { provider, seed }: Response,
): PromptRequest | RolloutsError {
  if (provider === null) {
    return new RolloutsError(
      `pinProvider: the provider of the sample with seed ${seed} is unknown`,
    );
  }
  const slug = slugs.get(provider);
  if (slug === undefined) {
    return new RolloutsError(
      `pinProvider: the API does not list ${provider}, the provider of the sample with seed ${seed}`,
    );
  }
  const preferences = narrowProviders(preferencesOf(sent), [slug]);
  if (preferences === null) {
    const { only, ignore } = preferencesOf(sent);
    return new RolloutsError(
      `pinProvider: the sample with seed ${seed} is from ${provider}, which the option provider excludes ` +
        `(only: ${only?.join(", ") ?? "any"}; ignore: ${
          ignore?.join(", ") ?? "none"
        })`,
    );
  }
  return withProvider(sent, { ...preferences, allow_fallbacks: false });
}
