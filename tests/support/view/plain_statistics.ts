import { whole } from "../../../web/viewer/text/numbers.ts";

/**
 * The statistics of the viewer, computed in the plainest way: its tests compare with these.
 *
 * @module
 */

/** The values that are known. */
export function known<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value) => value !== null);
}

/** The sum of the values that are known. */
export function sum(values: readonly (number | null)[]): number {
  let total = 0;
  for (const value of known(values)) total += value;
  return total;
}

/** The value below which a share of the values lies, or `null` if there are none. */
export function quantileOf(
  values: readonly (number | null)[],
  share: number,
): number | null {
  const sorted = known(values).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const lower = sorted[Math.trunc(place)]!;
  const upper = sorted[Math.trunc(place) + 1] ?? lower;
  return lower * (1 - place % 1) + upper * (place % 1);
}

/** The names with their numbers of appearances. */
export function tally(names: readonly string[]): [string, number][] {
  const different = [...new Set(names)];
  return different.map((name) => [
    name,
    names.filter((other) => other === name).length,
  ]);
}

/** A count and its noun. */
export function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}
