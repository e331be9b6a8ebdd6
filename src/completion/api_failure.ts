import type { Failure } from "../outcome.ts";
import {
  isJsonObject,
  type JsonObject,
  stringOrNull,
} from "../util/json_object.ts";
import { concernsCall } from "./concerns_call.ts";
import { describeError, type ErrorPlace } from "./describe_error.ts";
import errorCodes from "./error_codes.json" with { type: "json" };
import { errorStatus } from "./error_status.ts";
import type { HttpAnswer } from "./http_answer.ts";
import { readApiError } from "./read_api_error.ts";
import { retryAfterMs } from "./retry_after.ts";

/**
 * Converts an error of the API to a failure.
 *
 * @param error The `error` of the body or of a choice; anything else if the body has none.
 */
export function apiFailure(
  answer: HttpAnswer,
  error: unknown,
  place: ErrorPlace,
): Failure {
  const read = readApiError(error);
  const { details, metadata, availability } = read;
  const status = errorStatus(
    answer.status,
    details.code,
    details.status,
    details.type,
    metadata.error_type,
  );
  const headers = headerRecord(answer, metadata);
  const waitMs = retryAfterMs(new Map(Object.entries(headers)), {
    nowMs: answer.receivedAtMs ?? Date.now(),
    seconds: availability.retry_after ?? metadata.retry_after_seconds,
    reset: status === 429 ? headers["x-ratelimit-reset"] : null,
  });
  const message = describeError(status, answer, read, place);
  const retryable = typeof availability.retryable === "boolean"
    ? availability.retryable
    : isRetryable(status, waitMs, metadata);
  return {
    kind: "api",
    message,
    status,
    code: firstText(
      availability.code,
      metadata.error_type,
      metadata.reason,
      metadata.limit_source,
      details.code,
    ),
    provider: stringOrNull(metadata.provider_name),
    retryable,
    retryAfterMs: waitMs,
    headers,
    requestId: REQUEST_ID_HEADERS.map((name) => headers[name])
      .find((id) => id !== undefined) ?? null,
    isFatal: !retryable && concernsCall(status, message, read),
    ...ACCOUNT_LIMITS.has(metadata.limit_source) &&
      { limitScope: "account" as const },
  };
}

/** Headers that identify a request: OpenRouter's own, then those of proxies. */
const REQUEST_ID_HEADERS = ["x-generation-id", "x-request-id", "cf-ray"];

/** The headers that are read even if the headers of an answer cannot be listed. */
const READ_HEADERS = [
  ...REQUEST_ID_HEADERS,
  "retry-after",
  "retry-after-ms",
  "x-ratelimit-reset",
];

/** Returns the headers of an answer. Those in the body's metadata replace missing ones. */
function headerRecord(
  { headers }: HttpAnswer,
  metadata: JsonObject,
): Record<string, string> {
  const record: Record<string, string> = {};
  if (isJsonObject(metadata.headers)) {
    for (const [name, value] of Object.entries(metadata.headers)) {
      const isValue = typeof value === "string" || typeof value === "number";
      if (isValue) record[name.toLowerCase()] = String(value);
    }
  }
  for (const name of READ_HEADERS) {
    const value = headers.get(name);
    if (value != null) record[name] = value;
  }
  headers.forEach?.((value, name) => {
    record[name.toLowerCase()] = value;
  });
  return record;
}

/** Limits that the API has for all requests of an account, not for those of one model. */
const ACCOUNT_LIMITS: ReadonlySet<unknown> = new Set(
  errorCodes.limitsOfAccount,
);

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

function firstText(...values: readonly unknown[]): string | null {
  const text = values.find((value) => typeof value === "string");
  return text === undefined ? null : text as string;
}
