import { SampleStore } from "../cache/sample_store.ts";
import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Settings } from "../options/settings.ts";
import { stderrLogger } from "../platform/stderr_logger.ts";
import type { PrefillReports } from "../prefill/prefill_reports.ts";
import type { Prompt } from "../prompt.ts";
import { buildRequest, type PromptRequest } from "../request/build_request.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import type { Budget } from "../scheduler/budget.ts";
import { Log } from "../util/log.ts";

/** The state that the calls of a client share. */
export interface CallerContext {
  /** The budget, or `null` if there is none. */
  readonly budget: Budget | null;
  /** The client's options, which those of the call override. */
  readonly options: ClientOptions;
  /** Loads what is known about the model's endpoints. */
  readonly reports: () => Promise<PrefillReports>;
  /** The subjects of warnings, each of which is logged once. */
  readonly warned: Set<string>;
}

/** Everything that one call of `generate` works with. */
export interface GenerateContext
  extends Pick<CallerContext, "budget" | "reports"> {
  /** The resolved options of the call. */
  readonly settings: Settings;
  readonly request: PromptRequest;
  /** The stored samples of the prompt. */
  readonly store: SampleStore;
  /** Receives messages. */
  readonly log: Log;
}

/**
 * Resolves the options of a call and builds its request. Reads and requests nothing.
 *
 * @throws {TypeError} If the prompt or an option is wrong.
 * @throws {RangeError} If a number is out of range.
 */
export function generateContext(
  prompt: Prompt,
  options: GenerateOptions,
  { budget, options: base, reports, warned }: CallerContext,
): GenerateContext {
  const { settings, request } = resolveCall(prompt, options, base);
  const log = logOf(settings, warned);
  const store = new SampleStore(request, settings, log);
  return { settings, request, store, budget, reports, log };
}

/**
 * Resolves the options of a call and builds its request.
 *
 * @throws {TypeError} If the prompt or an option is wrong.
 * @throws {RangeError} If a number is out of range.
 */
export function resolveCall(
  prompt: Prompt,
  options: GenerateOptions,
  base: ClientOptions,
): Pick<GenerateContext, "settings" | "request"> {
  const settings = resolveOptions(base, options);
  const baseUrl = resolveBaseUrl(settings.baseUrl);
  return { settings, request: buildRequest(prompt, settings, baseUrl) };
}

/** Returns the log that the options select. */
export function logOf(
  { logger = stderrLogger, logLevel, verbose }: Settings,
  warned: Set<string>,
): Log {
  return new Log(logger, verbose ? "debug" : logLevel, warned);
}
