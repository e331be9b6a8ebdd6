import type { Failure } from "../outcome.ts";
import {
  type JsonObject,
  objectOrEmpty,
  stringOrNull,
} from "../util/json_object.ts";
import type { HeaderReader, HttpAnswer } from "./http_answer.ts";
import { retryAfterMs } from "./retry_after.ts";

/**
 * Returns the failure that an error of the API stands for.
 *
 * @param error The `error` of the body or of a choice; anything else if the body has none.
 */
export function apiFailure(
  { status: httpStatus, headers, text, receivedAtMs = Date.now() }: HttpAnswer,
  error: unknown,
): Failure {
  const details = typeof error === "string"
    ? { message: error }
    : objectOrEmpty(error);
  const metadata = objectOrEmpty(details.metadata);
  const availability = objectOrEmpty(details.availability);
  const status = errorStatus(httpStatus, details.code);
  const waitMs = retryAfterMs(headers, {
    nowMs: receivedAtMs,
    seconds: availability.retry_after ?? metadata.retry_after_seconds,
    reset: status === 429
      ? headers.get("x-ratelimit-reset") ??
        objectOrEmpty(metadata.headers)["X-RateLimit-Reset"]
      : null,
  });
  const provider = metadata.provider_name;
  return {
    kind: "api",
    message: describe(status, details, metadata, text),
    status,
    code: firstText(metadata.error_type, metadata.reason, details.code),
    provider: stringOrNull(provider),
    retryable: typeof availability.retryable === "boolean"
      ? availability.retryable
      : isRetryable(status, waitMs, metadata),
    retryAfterMs: waitMs,
    headers: headerRecord(headers),
    requestId: REQUEST_ID_HEADERS.map((name) => headers.get(name))
      .find((id) => id != null) ?? null,
    ...isOfAccount(metadata.limit_source) && { limitScope: "account" as const },
  };
}

/** Headers that identify a request for the support: OpenRouter's own, then those of proxies. */
const REQUEST_ID_HEADERS = ["x-generation-id", "x-request-id", "cf-ray"];

function headerRecord(headers: HeaderReader): Record<string, string> {
  const record: Record<string, string> = {};
  headers.forEach?.((value, name) => {
    record[name] = value;
  });
  return record;
}

/** Limits that the API has for all requests of an account, not for those of one model. */
const ACCOUNT_LIMITS: readonly unknown[] = [
  "openrouter_credits",
  "openrouter_key_limit",
  "openrouter_admission_control",
  "openrouter_in_flight_budget",
];

function isOfAccount(limitSource: unknown): boolean {
  return ACCOUNT_LIMITS.includes(limitSource);
}

/** Returns the status: errors that were sent with 200 have it as their code. */
function errorStatus(httpStatus: number, code: unknown): number {
  if (httpStatus < 200 || httpStatus > 299) return httpStatus;
  const status = typeof code === "string" || typeof code === "number"
    ? Number(code)
    : NaN;
  return Number.isInteger(status) && status >= 400 && status <= 599
    ? status
    : 502;
}

function isRetryable(
  status: number,
  waitMs: number | null,
  metadata: JsonObject,
): boolean {
  if (status === 402) {
    return waitMs !== null ||
      metadata.limit_source === "openrouter_in_flight_budget" ||
      metadata.reason === "in_flight_budget_exhausted";
  }
  return status === 408 || status === 429 || status >= 500;
}

function describe(
  status: number,
  details: JsonObject,
  metadata: JsonObject,
  text: string,
): string {
  const said = typeof details.message === "string"
    ? details.message
    : text.trim().slice(0, 200) || "no message";
  const parts = [`OpenRouter answered ${status}: ${said}`];
  if (typeof metadata.provider_name === "string") {
    parts.push(`provider ${metadata.provider_name}`);
  }
  if (metadata.raw !== undefined) parts.push(`cause ${shown(metadata.raw)}`);
  if (Array.isArray(metadata.reasons)) {
    parts.push(`flagged for ${metadata.reasons.map(shown).join(", ")}`);
  }
  if (status === 401) {
    parts.push("check the key in OPENROUTER_API_KEY or the option apiKey");
  }
  if (status === 402) parts.push("check the credit of the account and the key");
  return parts.join("; ");
}

function shown(raw: unknown): string {
  const text = typeof raw === "string" ? raw : JSON.stringify(raw) ?? "null";
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}

function firstText(...values: readonly unknown[]): string | null {
  const text = values.find((value) => typeof value === "string");
  return text === undefined ? null : text as string;
}
