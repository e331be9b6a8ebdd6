import { LayeredFileStore } from "../cache/layered_file_store.ts";
import type { Settings } from "../options/settings.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";
import { resolveBaseUrl } from "../request/resolve_base_url.ts";
import { isJsonObject, parseJsonObject } from "../util/json_object.ts";
import { sha256Hex } from "../util/sha256_hex.ts";
import type { PrefillReport, PrefillVia } from "./prefill_report.ts";

const DIRECTORY = [".prefill"];

/** The age after which a report is ignored, because providers change their servers. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** How far in the future a report may be, by the clock of another machine. */
const MAX_SKEW_MS = 24 * 3_600_000;

/**
 * Reads the report on a model from the first cache directory that has one. Returns `null` if there is none of the last
 * 30 days.
 *
 * @throws {CacheError} If it cannot be read.
 */
export function readReport(
  settings: Settings,
  via: PrefillVia,
): PrefillReport | null {
  return new LayeredFileStore(settings).read(
    DIRECTORY,
    fileName(settings, via),
    (text) => validReport(text, settings, via),
  );
}

function validReport(
  text: string,
  { model }: Settings,
  via: PrefillVia,
): PrefillReport | null {
  const report = parseJsonObject(text);
  if (report === null || report.model !== model) return null;
  const ageMs = Date.now() - Date.parse(String(report.probedAt));
  const isFresh = ageMs > -MAX_SKEW_MS && ageMs < MAX_AGE_MS;
  const { endpoints } = report;
  const isValid = Array.isArray(endpoints) && endpoints.length > 0 &&
    endpoints.every((endpoint) => isProbedEndpoint(endpoint, via));
  return isFresh && isValid ? report as unknown as PrefillReport : null;
}

/**
 * Writes the part of a report about one way to send a prefill to the first cache directory.
 *
 * @throws {CacheError} If it cannot be written.
 */
export function writeReport(
  report: PrefillReport,
  settings: Settings,
  via: PrefillVia,
): void {
  const endpoints = report.endpoints
    .filter(({ prefillVia, server }) => prefillVia === via && server === null);
  new LayeredFileStore(settings).write(
    DIRECTORY,
    fileName(settings, via),
    () => `${JSON.stringify({ ...report, endpoints }, null, 2)}\n`,
  );
}

/** Returns a unique name that starts with the readable part of the model's name. */
function fileName({ model, baseUrl }: Settings, via: PrefillVia): string {
  const url = resolveBaseUrl(baseUrl);
  const hash = sha256Hex(JSON.stringify([url, model, via])).slice(0, 16);
  const readable = model.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 64);
  return `${readable}-${via}-${hash}.json`;
}

/** Whether a value is an endpoint in a report of this version. */
function isProbedEndpoint(value: unknown, via: PrefillVia): boolean {
  return isJsonObject(value) && value.prefillVia === via &&
    typeof value.tag === "string" && value.tag !== "" &&
    isOutcome(value.reasoningOutcome) && isOutcome(value.contentOutcome) &&
    isRate(value.reasoningContinuationRate) &&
    isRate(value.contentContinuationRate);
}

function isOutcome(value: unknown): boolean {
  return PREFILL_OUTCOMES.some((outcome) => outcome === value);
}

function isRate(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}
