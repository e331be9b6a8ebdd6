import { DirectoryStore } from "../cache/directory_store.ts";
import { SampleCache } from "../cache/sample_cache.ts";
import type { Budget } from "../scheduler/budget.ts";
import type { Notices } from "../notices.ts";
import type { Prompt } from "../prompt.ts";
import { findBaseUrl } from "../request/find_base_url.ts";
import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import type { PrefillReports } from "../prefill/prefill_reports.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Call } from "./call.ts";
import { CallCache } from "./call_cache.ts";
import { planPrompt } from "../request/plan_prompt.ts";

/** What a call gets of its client. */
export interface CallOrigin {
  /** The client's options. */
  readonly base: ClientOptions;
  /** What the call's requests may cost; null for no limit. */
  readonly budget: Budget | null;
  /** Tells. */
  readonly notices: Notices;
  /** What is known of endpoints, and who finds out. */
  readonly reports: () => Promise<PrefillReports>;
}

/**
 * Works out what a call is about; nothing is read or requested yet.
 *
 * @throws {TypeError} Where the prompt or an option is wrong.
 * @throws {RangeError} Where a number is out of its range.
 */
export function prepareCall(
  prompt: Prompt,
  options: GenerateOptions,
  { base, budget, notices, reports }: CallOrigin,
): Call {
  const settings = resolveOptions(base, options);
  const plan = planPrompt(prompt, settings, findBaseUrl(settings.baseUrl));
  const store = new DirectoryStore(settings.cacheDir, settings);
  const warn = (warning: string) => notices.warn(warning);
  const cache = new CallCache({
    settings,
    samples: new SampleCache(store, plan, warn),
    notices,
  });
  return { settings, plan, cache, budget, reports };
}
