import type { HeaderReader } from "./http_answer.ts";

/** The current time, and the wait according to the body of an error. */
export interface RetryAfterHints {
  /** The current time of this machine, in Unix milliseconds. */
  readonly nowMs: number;
  /** The seconds to wait according to the body. Anything but a number is ignored. */
  readonly seconds?: unknown;
  /** When the rate limit is reset according to a header or the body, in Unix milliseconds or seconds. */
  readonly reset?: unknown;
}

/**
 * Returns how long an answer asks to wait, in milliseconds, or `null` if it does not. The first of these
 * applies: `retry-after-ms`, `Retry-After` in seconds or as a date, the body's seconds, the reset of
 * the rate limit. Points in time are compared with the answer's own `Date` header, since the clock
 * of this machine may be wrong.
 */
export function retryAfterMs(
  headers: HeaderReader,
  { nowMs, seconds, reset }: RetryAfterHints,
): number | null {
  const dateMs = Date.parse(headers.get("date") ?? "");
  const serverNowMs = Number.isNaN(dateMs) ? nowMs : dateMs;
  return atLeastZero(numberOf(headers.get("retry-after-ms"))) ??
    fromHeader(headers.get("retry-after"), serverNowMs) ??
    times(numberOf(seconds), 1000) ??
    untilReset(numberOf(reset), serverNowMs);
}

/** Smaller numbers are Unix seconds (until the year 5138), larger ones milliseconds (since 1973). */
const SECONDS_BELOW = 1e11;

function fromHeader(
  value: string | null | undefined,
  nowMs: number,
): number | null {
  const inSeconds = times(numberOf(value), 1000);
  if (inSeconds !== null || value == null) return inSeconds;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

function untilReset(reset: number | null, nowMs: number): number | null {
  if (reset === null) return null;
  const resetMs = reset < SECONDS_BELOW ? reset * 1000 : reset;
  return Math.max(0, resetMs - nowMs);
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : atLeastZero(value * factor);
}

function atLeastZero(value: number | null): number | null {
  return value === null ? null : Math.max(0, value);
}

function numberOf(value: unknown): number | null {
  if (typeof value === "string" && !/^\s*-?\d+(\.\d*)?\s*$/.test(value)) {
    return null;
  }
  if (typeof value !== "string" && typeof value !== "number") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
