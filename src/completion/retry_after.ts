import type { HeaderReader } from "./http_answer.ts";

/** What the body of an error says of waiting, and what time it is. */
export interface RetryAfterHints {
  /** The time, in Unix milliseconds. */
  readonly nowMs: number;
  /** Seconds to wait, by the body; anything that is no number counts as nothing. */
  readonly seconds?: unknown;
  /** When the rate limit is reset, by header or body: Unix milliseconds or seconds. */
  readonly reset?: unknown;
}

/**
 * How long an answer asks to wait, in milliseconds; null where it does not say. In this
 * order: `retry-after-ms`, `Retry-After` in seconds or as a date, the body's seconds,
 * and the time at which the rate limit is reset.
 */
export function retryAfterMs(
  headers: HeaderReader,
  { nowMs, seconds, reset }: RetryAfterHints,
): number | null {
  return atLeastZero(numberOf(headers.get("retry-after-ms"))) ??
    fromHeader(headers.get("retry-after"), nowMs) ??
    times(numberOf(seconds), 1000) ??
    untilReset(numberOf(reset), nowMs);
}

/** Numbers below are seconds since 1970 until the year 5138, above milliseconds since 1973. */
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
