import type { Fault, FaultType } from "./faults.ts";
import { MockHttpError } from "./http_error.ts";
import { MOCK_PREFILLS, type MockPrefill } from "./mock_prefill.ts";

/** What a request asks of the mock server by its own headers; null where it says nothing. */
export interface MockHeaders {
  /** What goes wrong. */
  readonly fault: Fault | null;
  /** The time to the answer, in milliseconds. */
  readonly latencyMs: number | null;
  /** What comes of a prefill. */
  readonly prefill: MockPrefill | null;
}

/**
 * Reads the headers that are for the mock server alone.
 *
 * - `X-Mock-Fault`: the type of a fault, or an error status such as "429"
 * - `X-Mock-Status`, `X-Mock-Code`, `X-Mock-Retry-After` (seconds, or an HTTP date) and
 *   `X-Mock-Metadata` (JSON): more about that fault
 * - `X-Mock-Latency-Ms`: the time to the answer
 * - `X-Mock-Prefill`: what comes of a prefill
 *
 * @throws {MockHttpError} With status 400 where a value is not understood.
 */
export function readMockHeaders(headers: Headers): MockHeaders {
  return {
    fault: readFault(headers),
    latencyMs: readNumber(headers, "X-Mock-Latency-Ms") ?? null,
    prefill: readPrefill(headers.get("X-Mock-Prefill")),
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

function readPrefill(name: string | null): MockPrefill | null {
  if (name === null) return null;
  return MOCK_PREFILLS.find((prefill) => prefill === name) ??
    reject("X-Mock-Prefill", `one of ${MOCK_PREFILLS}`, name);
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  return value >= 0 ? value : reject(name, "a number from 0", text);
}

function readRetryAfter(text: string | null): number | Date | undefined {
  if (text === null) return undefined;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : new Date(text);
}

function readMetadata(
  text: string | null,
): Record<string, unknown> | undefined {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return reject("X-Mock-Metadata", "JSON", text);
  }
}

function reject(header: string, rule: string, value: string): never {
  throw new MockHttpError(400, `${header} must be ${rule}, got ${value}`);
}
