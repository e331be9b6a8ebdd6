import { DirectoryStore } from "../cache/directory_store.ts";
import type { Budget } from "../scheduler/budget.ts";
import { processWide } from "../scheduler/process_wide.ts";
import { CacheError, RolloutsError } from "../errors.ts";
import type { Notices } from "../notices.ts";
import { Catalog } from "../catalog/catalog.ts";
import { findBaseUrl } from "../request/find_base_url.ts";
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
import { ReportStore } from "./report_store.ts";
import { SharedProbe } from "./shared_probe.ts";

/** What a probe takes of the options of a client and its calls. */
const TAKEN: Readonly<Record<Exclude<keyof ProbeOptions, "nSeeds">, true>> = {
  model: true,
  apiKey: true,
  baseUrl: true,
  temperature: true,
  topP: true,
  reasoning: true,
  timeoutMs: true,
  maxElapsedMs: true,
  maxCostUsd: true,
  requestsPerMinute: true,
  maxConcurrency: true,
  cacheDir: true,
  useCache: true,
  durable: true,
  onCacheError: true,
  signal: true,
  verbose: true,
};

/** A provider that is down is not waited for. */
const MAX_RETRIES = 2;

/** How many seeds of each question an endpoint is asked where nobody says. */
const SEEDS = 3;

/** What a question of a probe takes, in tokens: well over what any of them has. */
const QUESTION_TOKENS = 200;

/** What reports are made with. */
export interface PrefillReportsOptions {
  /** The client's options. */
  readonly clientOptions: ClientOptions;
  /** Samples with options in place of the client's, and a budget. */
  readonly generateWith: (
    base: ClientOptions,
    budget: Budget | null,
  ) => ProbeContext["generate"];
  /** Tells. */
  readonly notices: Notices;
}

/** What a call needs to know of its model's endpoints. */
export interface ReportRequest {
  /** The call's options. */
  readonly settings: Settings;
  /** How its thought reaches the model. */
  readonly route: PrefillRoute;
  /** What its requests may cost, a probe's too; null for no limit. */
  readonly budget: Budget | null;
}

/** The reports on models that a client needs: read where they are kept, else made by a probe. */
export class PrefillReports {
  readonly #options: PrefillReportsOptions;
  /** What was found out and not kept on disk, by address, model and route. */
  readonly #known = new Map<string, PrefillReport>();

  /** Makes it; nothing is read or asked yet. */
  constructor(options: PrefillReportsOptions) {
    this.#options = options;
  }

  /**
   * Asks all that serve a model whether they go on with the beginning of a thought, by each route that
   * there is. The report is kept where all have answered.
   *
   * @throws {RangeError} Where `nSeeds` is no number of seeds.
   * @throws {RolloutsError} Where nobody serves the model, or nobody answers.
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
    const base = picked(this.#options.clientOptions, options);
    const settings = resolveOptions(base);
    const routes = routesOf(settings.model);
    return await this.#probe(settings, { nSeeds, routes, budget });
  }

  /**
   * What is known of a model's endpoints. They are probed where nothing is; who needs it meanwhile, in
   * this process, shares the probe.
   *
   * @throws {RolloutsError} Where nobody serves the model, or nobody answers.
   */
  async of({ settings, route, budget }: ReportRequest): Promise<PrefillReport> {
    const known = this.#read(settings, route);
    if (known !== null) return known;
    const { probes } = processWide();
    const { cacheDir, useCache, signal } = settings;
    const name = `${useCache ? cacheDir : ""} ${nameOf(settings, route)}`;
    let probe = probes.get(name);
    if (probe === undefined || probe.isAbandoned) {
      const own: SharedProbe = new SharedProbe(async (signal) => {
        try {
          const shared = { ...picked(settings), signal };
          const report = await this.#probe(resolveOptions(shared), {
            nSeeds: SEEDS,
            routes: [route],
            budget,
          });
          this.#tell(report);
          return report;
        } finally {
          if (probes.get(name) === own) probes.delete(name);
        }
      });
      probe = own;
      probes.set(name, own);
    }
    const report = await probe.join(signal);
    this.#known.set(nameOf(settings, route), report);
    return report;
  }

  /**
   * What {@linkcode PrefillReports.of} could cost at its worst, in US dollars: 0 where the report is
   * there; null where an endpoint has no price.
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
    const { generateWith, notices } = this.#options;
    const { model, apiKey, baseUrl, signal } = settings;
    const catalog = new Catalog({ apiKey, baseUrl });
    const endpoints = await catalog.endpoints(model);
    if (endpoints.length === 0) {
      throw new RolloutsError(`nobody serves ${model}`);
    }
    const base = { ...picked(settings), maxRetries: MAX_RETRIES };
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
      notices.warn(
        `the report on ${model} is not kept, since ${
          silent.map(({ tag }) => tag).join(", ")
        } did not answer: ${silent[0]!.problem}`,
      );
    }
    return report;
  }

  /** Nobody who did not ask for a probe is to wonder what was paid for it. */
  #tell({ model, requests, costUsd, probedAt }: PrefillReport): void {
    this.#options.notices.warn(
      `${model} was probed, for verifyPrefill, by ${requests} requests for $${
        costUsd.toFixed(6)
      }`,
      `${model} ${probedAt}`,
    );
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
    const { notices } = this.#options;
    notices.warn(`the cache fails: ${error.message}`, cacheDir);
  }
}

function storeOf({ cacheDir, durable, baseUrl }: Settings): ReportStore {
  const files = new DirectoryStore(cacheDir, { durable });
  return new ReportStore(files, findBaseUrl(baseUrl).replace(/\/+$/, ""));
}

function nameOf({ baseUrl, model }: Settings, route: PrefillRoute): string {
  return `${findBaseUrl(baseUrl)} ${model} ${route}`;
}

/** How a thought that is begun can reach a model. */
function routesOf(model: string): PrefillRoute[] {
  if (modelFamily(model) === "harmony") return ["completions"];
  return templateName(model) === null ? ["chat"] : ["chat", "completions"];
}

/** How much the model reasons, all of it shown: hidden thoughts tell nothing. */
function shown({ reasoning }: Settings): Pick<ClientOptions, "reasoning"> {
  if (reasoning === undefined) return {};
  const { exclude: _, ...others } = reasoning;
  return { reasoning: others };
}

/** The options that a probe takes, later ones first. */
function picked(
  ...layers: readonly Partial<ClientOptions & GenerateOptions>[]
): ClientOptions {
  const entries = layers.flatMap((layer) => Object.entries(layer))
    .filter(([name, value]) =>
      Object.hasOwn(TAKEN, name) && value !== undefined
    );
  return Object.fromEntries(entries) as unknown as ClientOptions;
}
