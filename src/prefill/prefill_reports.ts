import { AtomicFileStore } from "../cache/atomic_file_store.ts";
import type { Budget } from "../scheduler/budget.ts";
import { CacheError, RolloutsError } from "../errors.ts";
import type { Log } from "../util/log.ts";
import { SingleFlight } from "../util/single_flight.ts";
import { withAbortSignal } from "../util/with_abort_signal.ts";
import { Catalog } from "../catalog/catalog.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import type { ClientOptions, GenerateOptions } from "../options/options.ts";
import type { Settings } from "../options/settings.ts";
import { resolveOptions } from "../options/resolve_options.ts";
import { modelFamily } from "../request/model_family.ts";
import { templateName } from "../request/template_name.ts";
import type { PrefillReport, PrefillRoute } from "./prefill_report.ts";
import {
  PROBE_MAX_TOKENS,
  type ProbeContext,
  probeEndpoints,
} from "./probe_endpoints.ts";
import type { ProbeOptions } from "./probe_options.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { ReportStore } from "./report_store.ts";

/** The options that a probe takes from the client and the call. */
const PROBE_OPTIONS: ReadonlySet<string> = new Set(
  [
    "model",
    "apiKey",
    "baseUrl",
    "temperature",
    "topP",
    "reasoning",
    "timeoutMs",
    "maxElapsedMs",
    "maxCostUsd",
    "requestsPerMinute",
    "maxConcurrency",
    "cacheDir",
    "useCache",
    "durable",
    "onCacheError",
    "signal",
    "verbose",
    "headers",
    "logger",
    "logLevel",
  ] satisfies (keyof (ClientOptions & GenerateOptions))[],
);

const NEVER = new LightAbortController();

/** A probe does not wait for a provider that is down. */
const MAX_RETRIES = 2;

/** The default number of seeds of each question. */
const SEEDS = 3;

/** An upper bound of the tokens of a question. */
const QUESTION_TOKENS = 200;

/** What reports need. */
export interface PrefillReportsOptions {
  readonly clientOptions: ClientOptions;
  /** Returns a function that samples with other options than the client's, and a budget. */
  readonly generateWith: (
    base: ClientOptions,
    budget: Budget | null,
  ) => ProbeContext["generate"];
  /** Receives messages. */
  readonly log: Log;
}

/** A call that needs to know which endpoints continue a prefill. */
export interface ReportRequest {
  readonly settings: Settings;
  /** How its prefill reaches the model. */
  readonly route: PrefillRoute;
  /** The budget, which includes the probe, or `null`. */
  readonly budget: Budget | null;
}

/** The prefill reports that a client needs: read from the cache directory, or made by a probe. */
export class PrefillReports {
  readonly #options: PrefillReportsOptions;
  /** Reports of this client, which may not be stored, by base URL, model, and route. */
  readonly #known = new Map<string, PrefillReport>();

  constructor(options: PrefillReportsOptions) {
    this.#options = options;
  }

  /**
   * Probes whether the endpoints of a model continue a prefill, by each route that exists for it. The
   * report is stored if all have answered.
   *
   * @throws {RangeError} If `nSeeds` is not a positive integer.
   * @throws {RolloutsError} If the model has no endpoints, or none answers.
   */
  async probe(
    { nSeeds = SEEDS, ...options }: ProbeOptions,
    budget: Budget | null,
  ): Promise<PrefillReport> {
    if (!Number.isSafeInteger(nSeeds) || nSeeds < 1) {
      throw new RangeError(
        `nSeeds must be an integer of 1 or more, got ${nSeeds}`,
      );
    }
    const base = this.#picked(options);
    const settings = resolveOptions(base);
    const routes = routesOf(settings.model);
    return await this.#probe(settings, { nSeeds, routes, budget });
  }

  /**
   * Returns the report on a model, by a probe if there is none. Concurrent calls share the probe.
   *
   * @throws {RolloutsError} If the model has no endpoints, or none answers.
   */
  async of({ settings, route, budget }: ReportRequest): Promise<PrefillReport> {
    const known = this.#read(settings, route);
    if (known !== null) return known;
    const { cacheDir, useCache, signal = NEVER } = settings;
    const name = `${useCache ? cacheDir : ""} ${nameOf(settings, route)}`;
    const report = await probesInFlight().run(
      name,
      { abortSignal: signal, stopSignal: signal },
      ({ abortSignal }) =>
        withAbortSignal(abortSignal, async (signal) => {
          const options = { ...this.#picked(settings), signal };
          const report = await this.#probe(resolveOptions(options), {
            nSeeds: SEEDS,
            routes: [route],
            budget,
          });
          this.#logProbe(report);
          return report;
        }),
    );
    this.#known.set(nameOf(settings, route), report);
    return report;
  }

  /**
   * Returns the most that {@linkcode PrefillReports.of} can cost, in US dollars: 0 if there is a
   * report, `null` if an endpoint has no price.
   */
  async maxCostUsd(
    { settings, route }: Omit<ReportRequest, "budget">,
  ): Promise<number | null> {
    if (this.#read(settings, route) !== null) return 0;
    const { model, apiKey, baseUrl } = settings;
    let sum = 0;
    const endpoints = await new Catalog({ apiKey, baseUrl }).endpoints(model);
    for (const { promptUsdPerMillion, completionUsdPerMillion } of endpoints) {
      if (promptUsdPerMillion === null || completionUsdPerMillion === null) {
        return null;
      }
      sum += promptUsdPerMillion * QUESTION_TOKENS +
        completionUsdPerMillion * PROBE_MAX_TOKENS;
    }
    return sum * 2 * SEEDS / 1e6;
  }

  async #probe(
    settings: Settings,
    { nSeeds, routes, budget }: {
      readonly nSeeds: number;
      readonly routes: readonly PrefillRoute[];
      readonly budget: Budget | null;
    },
  ): Promise<PrefillReport> {
    const { generateWith, log } = this.#options;
    const { model, apiKey, baseUrl, signal } = settings;
    const catalog = new Catalog({ apiKey, baseUrl });
    const endpoints = await catalog.endpoints(model);
    if (endpoints.length === 0) {
      throw new RolloutsError(`nobody serves ${model}`);
    }
    const base = { ...this.#picked(settings), maxRetries: MAX_RETRIES };
    const report = await probeEndpoints(model, {
      endpoints,
      routes,
      nSeeds,
      generate: generateWith({ ...base, ...shown(settings) }, budget),
      nowMs: Date.now(),
      signal,
    });
    const { verdicts } = report;
    const silent = verdicts.filter(({ outcome, answerOutcome }) =>
      outcome === null || answerOutcome === null
    );
    if (silent.length === 0) this.#write(report, routes, settings);
    else if (silent.length === verdicts.length) {
      throw new RolloutsError(
        `the probe of ${model} got no answer: ${silent[0]!.problem}`,
      );
    } else {
      log.warn(
        `the report on ${model} is not kept, since ${
          silent.map(({ tag }) => tag).join(", ")
        } did not answer: ${silent[0]!.problem}`,
      );
    }
    return report;
  }

  /** Tells users who did not ask for a probe what it cost. */
  #logProbe({ model, requests, costUsd, probedAt }: PrefillReport): void {
    this.#options.log.warn(
      `${model} was probed, for verifyPrefill, by ${requests} requests for $${
        costUsd.toFixed(6)
      }`,
      `${model} ${probedAt}`,
    );
  }

  /** The options of a probe; later ones win. */
  #picked(options: Partial<ClientOptions & GenerateOptions>): ClientOptions {
    const { clientOptions } = this.#options;
    return { ...picked(clientOptions), ...picked(options) } as ClientOptions;
  }

  #read(settings: Settings, route: PrefillRoute): PrefillReport | null {
    const known = this.#known.get(nameOf(settings, route)) ?? null;
    if (known !== null || !settings.useCache) return known;
    try {
      return storeOf(settings).read(settings.model, route, Date.now());
    } catch (error) {
      this.#failed(error, settings);
      return null;
    }
  }

  #write(
    report: PrefillReport,
    routes: readonly PrefillRoute[],
    settings: Settings,
  ): void {
    if (!settings.useCache) return;
    try {
      const store = storeOf(settings);
      for (const route of routes) store.write(report, route);
    } catch (error) {
      this.#failed(error, settings);
    }
  }

  #failed(error: unknown, { onCacheError, cacheDir }: Settings): void {
    if (!(error instanceof CacheError) || onCacheError === "stop") throw error;
    const { log } = this.#options;
    log.warn(`the cache fails: ${error.message}`, cacheDir);
  }
}

function storeOf({ cacheDir, durable, baseUrl }: Settings): ReportStore {
  const files = new AtomicFileStore(cacheDir, { durable });
  return new ReportStore(files, resolveBaseUrl(baseUrl).replace(/\/+$/, ""));
}

function nameOf({ baseUrl, model }: Settings, route: PrefillRoute): string {
  return `${resolveBaseUrl(baseUrl)} ${model} ${route}`;
}

/** Returns how a prefill can reach a model. */
function routesOf(model: string): PrefillRoute[] {
  if (modelFamily(model) === "harmony") return ["completions"];
  return templateName(model) === null ? ["chat"] : ["chat", "completions"];
}

/** Reasoning options that show all reasoning: a probe has to see it. */
function shown({ reasoning }: Settings): Pick<ClientOptions, "reasoning"> {
  if (reasoning === undefined) return {};
  const { exclude: _, ...others } = reasoning;
  return { reasoning: others };
}

function picked(
  options: Partial<ClientOptions & GenerateOptions>,
): Partial<ClientOptions> {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) =>
      PROBE_OPTIONS.has(name) && value !== undefined
    ),
  );
}

let inFlight: SingleFlight<PrefillReport> | undefined;

/** Returns the probes in flight in this process. Callers share them, and their failures. */
function probesInFlight(): SingleFlight<PrefillReport> {
  return inFlight ??= new SingleFlight({ sharesFailure: true });
}
