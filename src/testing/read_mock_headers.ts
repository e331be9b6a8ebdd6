import type { JsonObject } from "../util/json_object.ts";
import { ANSWER_SHAPES, type AnswerShape } from "./answer_shapes.ts";
import { PREFILL_BEHAVIORS, type PrefillBehavior } from "./endpoints.ts";
import type { Fault, FaultType } from "./faults.ts";
import { HttpError } from "./http_error.ts";

/** The settings in a request's own headers, or `null` for those that they do not set. */
export interface MockHeaders {
  readonly fault: Fault | null;
  readonly latencyMs: number | null;
  readonly prefill: PrefillBehavior | null;
  readonly shape: AnswerShape | null;
}

/**
 * Reads the headers that are for the mock server alone; `MockOpenRouter` lists them.
 *
 * @throws {HttpError} With status 400 if a value is invalid.
 */
export function readMockHeaders(headers: Headers): MockHeaders {
  return {
    fault: readFault(headers),
    latencyMs: readNumber(headers, "X-Mock-Latency-Ms") ?? null,
    prefill: readName(headers, "X-Mock-Prefill", PREFILL_BEHAVIORS),
    shape: readName(headers, "X-Mock-Answer", ANSWER_SHAPES),
  };
}

const FAULT_TYPES: readonly FaultType[] = [
  "status",
  "connection_reset",
  "truncated_body",
  "html_body",
  "whitespace_only",
  "empty_choices",
  "error_in_200",
  "choice_error",
  "stall_before",
  "stall_mid_body",
  "endless_whitespace",
  "endless_body",
  "stream_error",
];

function readFault(headers: Headers): Fault | null {
  const name = headers.get("X-Mock-Fault");
  if (name === null) return null;
  const isStatus = /^[45]\d\d$/.test(name);
  const type = isStatus ? "status" : FAULT_TYPES.find((type) => type === name);
  const status = isStatus ? Number(name) : readNumber(headers, "X-Mock-Status");
  const metadata = readMetadata(headers.get("X-Mock-Metadata"));
  switch (type) {
    case undefined:
      return reject("X-Mock-Fault", `a status or one of ${FAULT_TYPES}`, name);
    case "status": {
      const retryAfter = readRetryAfter(headers.get("X-Mock-Retry-After"));
      return { type, status: status ?? 500, retryAfter, metadata };
    }
    case "html_body":
      return { type, status };
    case "error_in_200":
    case "choice_error":
    case "stream_error":
      return { type, code: readNumber(headers, "X-Mock-Code"), metadata };
    default:
      return { type };
  }
}

function readName<Name extends string>(
  headers: Headers,
  header: string,
  names: readonly Name[],
): Name | null {
  const value = headers.get(header);
  if (value === null) return null;
  return names.find((name) => name === value) ??
    reject(header, `one of ${names}`, value);
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  return value >= 0 ? value : reject(name, "a number of at least 0", text);
}

function readRetryAfter(text: string | null): number | Date | undefined {
  if (text === null) return undefined;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : new Date(text);
}

function readMetadata(text: string | null): JsonObject | undefined {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return reject("X-Mock-Metadata", "JSON", text);
  }
}

function reject(header: string, rule: string, value: string): never {
  throw new HttpError(400, `${header} must be ${rule}, got ${value}`);
}
