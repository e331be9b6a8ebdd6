import { systemClock } from "../util/clock.ts";
import type { Settings } from "../options/settings.ts";
import type { Progress } from "../progress.ts";
import { progressBarFor } from "./progress_bar.ts";
import { ProgressSum } from "../progress_sum.ts";
import type {
  ContinuationCall,
  ResampledCut,
} from "../resampling/continuation_calls.ts";
import type { Rollouts } from "../rollouts.ts";
import type { PromptWithOptions } from "./generate_many.ts";

/**
 * Samples the continuations of a chain of thought as one job, with one progress and one bar for all of them.
 *
 * @param calls The cuts.
 * @param settings The options, which are the same for all of them, resolved.
 * @param generateMany Samples prompts with these options, in their order.
 */
export async function* sampleContinuations(
  calls: readonly ContinuationCall[],
  settings: Settings,
  generateMany: (prompts: PromptWithOptions[]) => AsyncIterable<Rollouts>,
): AsyncGenerator<ResampledCut, void, undefined> {
  const total = calls.length * settings.nSamples;
  const bar = progressBarFor({ ...settings, nSamples: total });
  const sum = new ProgressSum({ total, now: systemClock.now });
  const tell = (progress: Progress) => {
    // No bar is drawn for what is read from the cache alone.
    if (progress.done + progress.failed > progress.cached) {
      bar?.update(progress);
    }
    return settings.onProgress?.(progress);
  };
  const isHeard = bar !== null || settings.onProgress !== undefined;
  const cuts = calls.values();
  try {
    const prompts = calls.map(({ prompt }) => ({
      prompt,
      // A call that nobody listens to needs nothing of what requests take, where its samples are cached.
      onProgress: isHeard ? sum.listener(tell) : undefined,
    }));
    for await (const rollouts of generateMany(prompts)) {
      const { at, kept } = cuts.next().value!;
      yield { at, kept, rollouts };
    }
  } finally {
    bar?.stop();
  }
}
