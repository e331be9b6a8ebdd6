import type { Budget } from "../scheduler/budget.ts";
import type { RolloutsError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import type { PrefillReports } from "../prefill/prefill_reports.ts";
import type { Response } from "../response.ts";
import type { CallCache } from "./call_cache.ts";
import type { PromptPlan } from "../request/plan_prompt.ts";

/** What a call of `generate` is about. */
export interface Call {
  /** Its options, resolved. */
  readonly settings: Settings;
  /** What is sent. */
  readonly plan: PromptPlan;
  /** Where its samples are kept. */
  readonly cache: CallCache;
  /** What its requests may cost; null for no limit. */
  readonly budget: Budget | null;
  /** What is known of endpoints, and who finds out. */
  readonly reports: () => Promise<PrefillReports>;
}

/** A sample, or why there is none. */
export type SampleResult = Response | RolloutsError;
