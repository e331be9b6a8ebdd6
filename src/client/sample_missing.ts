import { systemClock } from "../util/clock.ts";
import type { Limiter } from "../limiter.ts";
import { processWide } from "../scheduler/process_wide.ts";
import type { Sampler } from "../scheduler/sampler.ts";
import { CacheMissError } from "../errors.ts";
import type { Notices } from "../notices.ts";
import { progressBarFor } from "./progress_bar.ts";
import { ProgressTracker } from "../progress_tracker.ts";
import type { Call, SampleResult } from "./call.ts";
import { keepAnswers } from "./keep_answer.ts";
import type { Outlet } from "./outlet.ts";
import { samplePinned } from "./sample_pinned.ts";
import { sendCall } from "./send_call.ts";
import { sampleRequests, type SentPrompt } from "../request/sent_prompt.ts";
import { warnOfRefusals } from "./warn_of_refusals.ts";

const ELSEWHERE =
  "waits for samples that another program, which shares the cache directory, has under way; " +
  "what it does not bring in is requested when it has ended";

/** Who gets samples, and who tells what happens. */
export interface CallTools {
  /** Gets samples. */
  readonly sampler: Sampler;
  /** How requests get out. */
  readonly outlet: Outlet;
  /** Tells. */
  readonly notices: Notices;
  /** The slugs of providers at each address, by their names. */
  readonly slugs: (baseUrl: string) => Promise<ReadonlyMap<string, string>>;
}

/**
 * The samples of a call that are not in the cache: requested, written, and counted.
 *
 * @throws {RolloutsError} What concerns the whole call.
 * @throws The signal's reason, where it is aborted.
 */
export async function sampleMissing(
  seeds: readonly number[],
  call: Call,
  tools: CallTools,
): Promise<ReadonlyMap<number, SampleResult>> {
  const { settings, plan, cache } = call;
  const { sampler, outlet, notices, slugs } = tools;
  if (seeds.length === 0 || settings.cacheOnly) {
    return missed(seeds, call, notices);
  }
  using channel = await outlet.open(call);
  const { apiKey, lane, claim, route } = channel;
  const bar = progressBarFor(settings);
  const progress = trackerOf(call, notices, {
    concurrency: lane.concurrency,
    bar,
  });
  progress.addCached(settings.nSamples - seeds.length);
  try {
    const sent = await sendCall(call);
    for (const warning of sent.warnings) notices.warn(warning);
    const sample = (seeds: readonly number[], sent: SentPrompt) => {
      const request = sampleRequests(plan, sent, settings);
      return sampler.sample(seeds, {
        request: (seed) => request(seed, apiKey),
        ...route(sent),
        sharedAs: cache.sharedName,
        claim,
        keep: keepAnswers(call, sent, notices),
        lane,
        progress,
        signal: settings.signal,
        maxRetries: settings.maxRetries,
        maxElapsedMs: settings.maxElapsedMs ?? Infinity,
        tell: (message) => notices.tell(settings, message),
        warn: (message) => notices.warn(message, plan.url),
        warnElsewhere: () => notices.warn(ELSEWHERE),
      });
    };
    const results = settings.pinProvider
      ? await samplePinned(seeds, {
        sent,
        name: cache.sharedName,
        first: () => cache.first(),
        sample,
        slugs: await slugs(plan.baseUrl),
      })
      : await sample(seeds, sent);
    if (plan.prefill !== null && !settings.allowUnsupportedPrefill) {
      warnOfRefusals(results, notices);
    }
    return results;
  } finally {
    bar?.stop();
  }
}

/** What a call that requests nothing has: none of the seeds, of which its listeners are told. */
function missed(
  seeds: readonly number[],
  call: Call,
  notices: Notices,
): ReadonlyMap<number, SampleResult> {
  const { settings, plan, cache } = call;
  const { concurrency } = processWide().lanes.get({
    url: plan.url,
    apiKey: "",
    maxConcurrency: settings.maxConcurrency,
    requestsPerMinute: undefined,
  });
  const progress = trackerOf(call, notices, { concurrency, bar: null });
  progress.addCached(settings.nSamples - seeds.length);
  return new Map(seeds.map((seed) => {
    progress.addFailed();
    const message = `seed ${seed} is not in ${cache.samples.path}`;
    return [seed, new CacheMissError(message)];
  }));
}

function trackerOf(
  { settings }: Call,
  notices: Notices,
  { concurrency, bar }: {
    readonly concurrency: Limiter;
    readonly bar: ReturnType<typeof progressBarFor>;
  },
): ProgressTracker {
  return new ProgressTracker({
    total: settings.nSamples,
    now: systemClock.now,
    concurrency,
    listeners: [settings.onProgress, bar?.update.bind(bar)]
      .filter((listener) => listener !== undefined),
    onListenerError: (error) =>
      notices.warn(`onProgress threw, and is called again: ${error}`),
  });
}
