import { UsageError } from "../usage_error.ts";

const UNITS_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/**
 * Parses the value of `--older-than`, in milliseconds.
 *
 * @throws {UsageError} If it is not a number with a unit.
 */
export function readAge(text: string): number {
  const [, number, unit = ""] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (number !== undefined && unitMs !== undefined) {
    return Number(number) * unitMs;
  }
  throw new UsageError(
    `--older-than must be a number with h, d, or w, such as 30d, got ${text}`,
  );
}
