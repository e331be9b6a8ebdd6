import { sha256Hex } from "../util/sha256_hex.ts";
import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../util/json_object.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";
import type { PrefillReport, PrefillRoute } from "./prefill_report.ts";

/** How long a report counts: providers change their servers. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** How far in the future a report may lie, by another machine's clock. */
const MAX_SKEW_MS = 24 * 3_600_000;

/** Where files of a cache directory are read and written. */
export interface ReportFiles {
  /** The text of a file; null where it does not exist. */
  read(directory: readonly string[], name: string): string | null;
  /** Writes what `format` gives as a file. */
  write(
    directory: readonly string[],
    name: string,
    format: () => string,
  ): void;
}

/** The directory in the cache directory in which reports are kept. */
const DIRECTORY = [".prefill"];

/** The reports of probes, kept in the cache directory: one file for each model, address and route. */
export class ReportStore {
  readonly #files: ReportFiles;
  readonly #address: string;

  /** Makes it, for the models at an address. */
  constructor(files: ReportFiles, baseUrl: string) {
    this.#files = files;
    this.#address = baseUrl;
  }

  /**
   * The report of a model and route of the last 30 days; null where there is none.
   *
   * @throws {CacheError} Where it cannot be read.
   */
  read(
    model: string,
    route: PrefillRoute,
    nowMs: number,
  ): PrefillReport | null {
    const text = this.#files.read(DIRECTORY, this.#name(model, route));
    const report = text === null ? null : parseJsonObject(text);
    if (report === null || report.model !== model) return null;
    const ageMs = nowMs - Date.parse(String(report.probedAt));
    const isFresh = ageMs > -MAX_SKEW_MS && ageMs < MAX_AGE_MS;
    const { verdicts } = report;
    const isWhole = Array.isArray(verdicts) && verdicts.length > 0 &&
      verdicts.every((verdict) => isVerdict(verdict, route));
    return isFresh && isWhole ? report as unknown as PrefillReport : null;
  }

  /**
   * Keeps what a report says of a route, in place of an older one.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  write(report: PrefillReport, route: PrefillRoute): void {
    const verdicts = report.verdicts.filter((verdict) =>
      verdict.route === route
    );
    this.#files.write(
      DIRECTORY,
      this.#name(report.model, route),
      () => `${JSON.stringify({ ...report, verdicts }, null, 2)}\n`,
    );
  }

  /** A name that people can read the beginning of, whatever the model's is. */
  #name(model: string, route: PrefillRoute): string {
    const key = JSON.stringify([this.#address, model, route]);
    const hash = sha256Hex(key).slice(0, 16);
    const readable = model.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 64);
    return `${readable}-${route}-${hash}.json`;
  }
}

/** Whether a value is what a probe of this version says of an endpoint. */
function isVerdict(value: unknown, route: PrefillRoute): boolean {
  if (!isJsonObject(value)) return false;
  const { tag, outcome, answerOutcome, share, answerShare } = value;
  return value.route === route && typeof tag === "string" && tag !== "" &&
    isOutcome(outcome) && isOutcome(answerOutcome) &&
    isShare(share) && isShare(answerShare);
}

function isOutcome(value: JsonObject[string]): boolean {
  return PREFILL_OUTCOMES.some((outcome) => outcome === value);
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}
