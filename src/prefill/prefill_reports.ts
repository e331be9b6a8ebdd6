import { knownServer } from "../catalog/detect_server.ts";
import { listEndpoints } from "../catalog/list_endpoints.ts";
import { checkHeadersHost, sampleApiKey } from "../catalog/require_api_key.ts";
import { CacheError, RolloutsError } from "../errors.ts";
import { mergeOptions } from "../options/merge_options.ts";
import { OPTIONS } from "../options/all_options.ts";
import type { AllOptions, ClientOptions } from "../options/options.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import type { Settings } from "../options/settings.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { modelFamily } from "../request/model_family.ts";
import { templateName } from "../request/template_name.ts";
import { SERVER_NAMES, type ServerName } from "../server_name.ts";
import type { Budget } from "../scheduler/budget.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { lightSignal } from "../util/light_signal.ts";
import type { Log } from "../util/log.ts";
import { SingleFlight } from "../util/single_flight.ts";
import { withAbortController } from "../util/with_abort_controller.ts";
import type {
  PrefillReport,
  PrefillVia,
  ProbeOptions,
} from "./prefill_report.ts";
import {
  PROBE_MAX_TOKENS,
  type ProbeContext,
  probeEndpoints,
} from "./probe_endpoints.ts";
import { readReport, writeReport } from "./stored_report.ts";
import { requireInteger } from "../util/require_integer.ts";
import { countNoun } from "../util/count_noun.ts";
import { formatUsd } from "../util/format_usd.ts";

/** The options that a probe inherits besides those of scope `run`. */
const INHERITED: ReadonlySet<string> = new Set(
  [
    "model",
    "temperature",
    "topP",
    "reasoning",
    "fetch",
    "headers",
    "sendKeyTo",
    "signal",
  ] satisfies (keyof AllOptions)[],
);

const NEVER = new LightAbortController();

/** A probe does not wait for a provider that is down. */
const MAX_RETRIES = 2;

const SEEDS = 3;

/** An upper bound of the tokens of a prompt. */
const PROMPT_TOKENS = 200;

export interface PrefillReportsOptions {
  readonly clientOptions: ClientOptions;
  /** Returns a function that samples with other options than the client's, and a budget. */
  readonly generateWith: (
    base: ClientOptions,
    budget: Budget | null,
  ) => ProbeContext["generate"];
  readonly log: Log;
}

/** A call that needs to know which endpoints continue a prefill. */
export interface ReportRequest {
  readonly settings: Settings;
  /** How its prefill reaches the model. */
  readonly via: PrefillVia;
  /** The budget, which includes the probe, or `null`. */
  readonly budget: Budget | null;
}

/** The prefill reports that a client needs: read from the cache directory, or made by a probe. */
export class PrefillReports {
  readonly #options: PrefillReportsOptions;
  /** Reports of this client, which may not be stored, by base URL, model, and `via`. */
  readonly #known = new Map<string, PrefillReport>();

  constructor(options: PrefillReportsOptions) {
    this.#options = options;
  }

  /**
   * Probes whether the endpoints of a model continue a prefill, in each way that it can be sent. The
   * report is stored if all have answered.
   *
   * @throws {RangeError} If `nSeeds` is not a positive integer.
   * @throws {RolloutsError} If the model has no endpoints, or none answers.
   */
  async probe(
    { nSeeds = SEEDS, ...options }: ProbeOptions,
    budget: Budget | null,
  ): Promise<PrefillReport> {
    requireInteger("nSeeds", nSeeds, 1);
    const settings = resolveOptions(this.#inherited(options));
    const { clientOptions } = this.#options;
    // A client's headers and key are not sent to the base URL of a call.
    const own = resolveOptions(clientOptions, options);
    checkHeadersHost(own);
    if (clientOptions.transport === undefined) sampleApiKey(own);
    const vias = viasOf(settings.model);
    const otherServers = otherServersOf(settings);
    return await this.#probe(settings, { nSeeds, vias, otherServers, budget });
  }

  /**
   * Returns the report on a model, by a probe if there is none. Concurrent calls share the probe.
   *
   * @throws {RolloutsError} If the model has no endpoints, or none answers.
   */
  async of({ settings, via, budget }: ReportRequest): Promise<PrefillReport> {
    const known = this.#read(settings, via);
    if (known !== null) return known;
    const { cacheDir, useCache } = settings;
    const signal = settings.signal === undefined
      ? NEVER
      : lightSignal(settings.signal);
    const key = keyOf(settings, via);
    const report = await probesInFlight().run(
      `${useCache ? cacheDir : ""} ${key}`,
      { abortSignal: signal, stopSignal: signal },
      ({ abortSignal }) =>
        withAbortController(abortSignal, async ({ signal }) => {
          const options = { ...this.#inherited(settings), signal };
          const report = await this.#probe(resolveOptions(options), {
            nSeeds: SEEDS,
            vias: [via],
            otherServers: [],
            budget,
          });
          this.#logProbe(report);
          return report;
        }),
    );
    this.#known.set(key, report);
    return report;
  }

  /**
   * Returns the most that {@linkcode PrefillReports.of} can cost, in US dollars: 0 if there is a
   * report, `null` if an endpoint has no price.
   */
  async maxCostUsd(
    { settings, via }: Omit<ReportRequest, "budget">,
  ): Promise<number | null> {
    if (this.#read(settings, via) !== null) return 0;
    let sum = 0;
    const endpoints = await listEndpoints(settings);
    for (const { promptUsdPerMillion, completionUsdPerMillion } of endpoints) {
      if (promptUsdPerMillion === null || completionUsdPerMillion === null) {
        return null;
      }
      sum += promptUsdPerMillion * PROMPT_TOKENS +
        completionUsdPerMillion * PROBE_MAX_TOKENS;
    }
    // Two prompts, and for a weak model as many again.
    return sum * 2 * 2 * SEEDS / 1e6;
  }

  async #probe(
    settings: Settings,
    { budget, ...probed }:
      & Pick<ProbeContext, "nSeeds" | "vias" | "otherServers">
      & Pick<ReportRequest, "budget">,
  ): Promise<PrefillReport> {
    const { generateWith, log } = this.#options;
    const { model, signal } = settings;
    const endpoints = await listEndpoints(settings);
    if (endpoints.length === 0) {
      throw new RolloutsError(`no provider serves ${model}`);
    }
    const base = { ...this.#inherited(settings), maxRetries: MAX_RETRIES };
    const report = await probeEndpoints(model, {
      baseUrl: resolveBaseUrl(settings.baseUrl),
      endpoints,
      ...probed,
      generate: generateWith({ ...base, ...visible(settings) }, budget),
      signal,
    });
    const usual = report.endpoints.filter(({ server }) => server === null);
    const unanswered = usual.filter((endpoint) =>
      endpoint.reasoningOutcome === null || endpoint.contentOutcome === null
    );
    const [first] = unanswered;
    if (first === undefined) this.#write(report, probed.vias, settings);
    else if (unanswered.length === usual.length) {
      throw new RolloutsError(
        `no provider of ${model} answered the probe: ${first.error}`,
      );
    } else {
      const tags = unanswered.map(({ tag }) => tag).join(", ");
      log.warn(
        `the report on ${model} was not stored, because ${tags} did not answer: ${first.error}`,
      );
    }
    return report;
  }

  /** Logs the cost of a probe that the user did not request. */
  #logProbe({ model, requests, costUsd, probedAt }: PrefillReport): void {
    this.#options.log.warn(
      `verifyPrefill probed ${model}: ${countNoun(requests, "request")}, ${
        formatUsd(costUsd)
      }`,
      `${model} ${probedAt}`,
    );
  }

  /** Returns the options that a probe uses. Later ones override those of the client. */
  #inherited(options: Partial<AllOptions>): ClientOptions {
    return {
      ...mergeOptions(
        inherited(this.#options.clientOptions),
        inherited(options),
      ),
      cacheOnly: false,
      requireContinuation: false,
      onProgress: undefined,
    } as ClientOptions;
  }

  #read(settings: Settings, via: PrefillVia): PrefillReport | null {
    const known = this.#known.get(keyOf(settings, via)) ?? null;
    if (known !== null || !settings.useCache) return known;
    try {
      return readReport(settings, via);
    } catch (error) {
      this.#cacheFailed(error, settings);
      return null;
    }
  }

  #write(
    report: PrefillReport,
    vias: readonly PrefillVia[],
    settings: Settings,
  ): void {
    if (!settings.useCache) return;
    try {
      for (const via of vias) writeReport(report, settings, via);
    } catch (error) {
      this.#cacheFailed(error, settings);
    }
  }

  #cacheFailed(error: unknown, { onCacheError, cacheDir }: Settings): void {
    if (!(error instanceof CacheError) || onCacheError === "stop") throw error;
    this.#options.log.warn(`cache error: ${error.message}`, String(cacheDir));
  }
}

function keyOf({ baseUrl, model }: Settings, via: PrefillVia): string {
  return `${resolveBaseUrl(baseUrl)} ${model} ${via}`;
}

/** Returns how a prefill can reach a model. */
function viasOf(model: string): PrefillVia[] {
  if (modelFamily(model) === "harmony") return ["completions"];
  return templateName(model) === null ? ["chat"] : ["chat", "completions"];
}

/** Returns the kinds of servers that one of an unknown kind may be. */
function otherServersOf({ server, baseUrl }: Settings): ServerName[] {
  const isKnown = server !== undefined ||
    knownServer(resolveBaseUrl(baseUrl)) !== null;
  return isKnown
    ? []
    : SERVER_NAMES.filter((name) =>
      name !== "openrouter" && name !== "openai-compatible"
    );
}

/** Returns reasoning options that do not hide the reasoning, which a probe has to see. */
function visible({ reasoning }: Settings): Pick<ClientOptions, "reasoning"> {
  if (reasoning === undefined) return {};
  const { exclude: _, ...others } = reasoning;
  return { reasoning: others };
}

function inherited(options: Partial<AllOptions>): Partial<AllOptions> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) =>
      value !== undefined &&
      (INHERITED.has(name) || OPTIONS.get(name)?.scope === "run")
    ),
  );
}

let inFlight: SingleFlight<PrefillReport> | undefined;

/** Returns the probes in flight in this process. Callers share them, and their failures. */
function probesInFlight(): SingleFlight<PrefillReport> {
  return inFlight ??= new SingleFlight({ sharesFailure: true });
}
