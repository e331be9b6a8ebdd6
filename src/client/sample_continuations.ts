import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Progress } from "../progress.ts";
import {
  allContinuations,
  type ResampleAllOptions,
  type ResampledCut,
} from "../resampling/continuation_calls.ts";
import type { Response } from "../response.ts";
import type { Rollouts } from "../rollouts.ts";
import { systemClock } from "../util/clock.ts";
import type { PromptWithOptions } from "./generate_many.ts";
import { progressBarFor } from "./progress_bar.ts";

/** The client that samples continuations. */
export interface ContinuationCaller {
  readonly options: ClientOptions;
  /** Samples prompts with the same options, in order. */
  readonly generateMany: (
    prompts: PromptWithOptions[],
    options: GenerateOptions,
  ) => AsyncIterable<Rollouts>;
}

/**
 * Samples the continuations of a chain of thought as one job, with one progress and one bar.
 *
 * @throws {TypeError | RangeError} If the sample has no chain of thought, or an option is wrong.
 */
export async function* sampleContinuations(
  response: Response,
  options: ResampleAllOptions,
  { options: base, generateMany }: ContinuationCaller,
): AsyncGenerator<ResampledCut, void, undefined> {
  const calls = allContinuations(response, options);
  // The options are the same for all calls.
  const { options: own } = calls[0]!;
  const settings = resolveOptions(base, own);
  const total = calls.length * settings.nSamples;
  const bar = progressBarFor({ ...settings, nSamples: total });
  const listener = sumListener(total, (progress) => {
    // No bar is drawn for cached samples alone.
    if (progress.done + progress.failed > progress.cached) {
      bar?.update(progress);
    }
    return settings.onProgress?.(progress);
  });
  const isObserved = bar !== null || settings.onProgress !== undefined;
  const cuts = calls.values();
  try {
    const prompts = calls.map(({ prompt }) => ({
      prompt,
      // Without a listener, a call whose samples are cached does not load the code for requests.
      onProgress: isObserved ? listener() : undefined,
    }));
    for await (const rollouts of generateMany(prompts, own)) {
      const { at, kept } = cuts.next().value!;
      yield { at, kept, rollouts };
    }
  } finally {
    bar?.stop();
  }
}

/**
 * Returns a function that creates a listener for each of several calls. The listeners pass the
 * progress of all calls together to `listen`.
 */
function sumListener(
  total: number,
  listen: (sum: Progress) => unknown,
): () => (progress: Progress) => unknown {
  const startMs = systemClock.now();
  const sum = { done: 0, cached: 0, failed: 0, costUsd: 0 };
  return () => {
    let before = { done: 0, cached: 0, failed: 0, costUsd: 0 };
    return (progress) => {
      sum.done += progress.done - before.done;
      sum.cached += progress.cached - before.cached;
      sum.failed += progress.failed - before.failed;
      sum.costUsd += progress.costUsd - before.costUsd;
      before = progress;
      return listen({
        ...sum,
        total,
        // The calls share a limiter: each reports the requests of all.
        inFlight: progress.inFlight,
        inFlightLimit: progress.inFlightLimit,
        elapsedMs: systemClock.now() - startMs,
      });
    };
  };
}
