import type { Call } from "./call.ts";
import { LazySource } from "./lazy_source.ts";
import { type CallOrigin, prepareCall } from "./prepare_call.ts";
import { sampleCall } from "./sample_call.ts";
import { Budget } from "../scheduler/budget.ts";
import { Notices } from "../notices.ts";
import type { Prompt } from "../prompt.ts";
import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import type { Settings } from "../options/settings.ts";
import type { PrefillReports } from "../prefill/prefill_reports.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Rollouts } from "../rollouts.ts";

/** Twice the most in flight. */
const SAMPLES_AHEAD = 1024;

/** The same for the machines of a queue: enough for a hundred of them. */
const SAMPLES_AHEAD_QUEUED = 16 * 1024;

/** What a client's calls share: its options and budget, where samples come from, what is known of endpoints. */
export class ClientCore {
  readonly #options: ClientOptions;
  readonly #notices = new Notices();
  readonly #budget: Budget | null;
  #reports: PrefillReports | null = null;
  /** How many samples are asked for ahead of the one that is awaited. */
  readonly samplesAhead: number;
  /** Where samples come from that are not cached. */
  readonly source: LazySource;

  /**
   * Makes it; nothing is started, read or requested yet.
   *
   * @throws {TypeError} Where an option is unknown, of the wrong type, or `model` is missing.
   * @throws {RangeError} Where a number is out of its range.
   */
  constructor(options: ClientOptions) {
    const { workers, maxCostUsd, queue, metricsPort, metricsHost } =
      resolveOptions(options);
    this.#options = { ...options };
    this.#budget = maxCostUsd === undefined ? null : new Budget(maxCostUsd);
    this.source = new LazySource({
      workers,
      queue: queue === undefined
        ? undefined
        : { url: queue, metricsPort, metricsHost },
      notices: this.#notices,
    });
    this.samplesAhead = queue === undefined
      ? SAMPLES_AHEAD
      : SAMPLES_AHEAD_QUEUED;
  }

  /** The samples of a prompt. */
  async generate(
    prompt: Prompt,
    options: GenerateOptions,
    origin: Partial<CallOrigin> = {},
  ): Promise<Rollouts> {
    const call = this.prepare(prompt, options, origin);
    return await sampleCall(call, this.source, this.#notices);
  }

  /** The budget of calls: one of their own, or the client's. */
  budgetOf(maxCostUsd: number | undefined): Budget | null {
    return maxCostUsd === undefined ? this.#budget : new Budget(maxCostUsd);
  }

  /** What calls with options may cost, each with a budget of its own only where it names another one. */
  budgetsOf(
    common: GenerateOptions,
  ): (own: GenerateOptions) => Budget | null {
    const budget = this.budgetOf(common.maxCostUsd);
    return ({ maxCostUsd }) =>
      maxCostUsd === common.maxCostUsd ? budget : this.budgetOf(maxCostUsd);
  }

  /** What is known of endpoints, and who finds out. */
  async reports(): Promise<PrefillReports> {
    const { PrefillReports } = await import("../prefill/prefill_reports.ts");
    return this.#reports ??= new PrefillReports({
      clientOptions: this.#options,
      generateWith: (base, budget) => (prompt, options) =>
        this.generate(prompt, options, { budget, base }),
      notices: this.#notices,
    });
  }

  /**
   * The client's options with others over them.
   *
   * @throws {TypeError} Where an option is unknown or of the wrong type.
   */
  settings(options: GenerateOptions): Settings {
    return resolveOptions(this.#options, options);
  }

  /** What a call is about. */
  prepare(
    prompt: Prompt,
    options: GenerateOptions,
    origin: Partial<CallOrigin> = {},
  ): Call {
    return prepareCall(prompt, options, {
      base: this.#options,
      budget: this.#budget,
      notices: this.#notices,
      reports: () => this.reports(),
      ...origin,
    });
  }
}
