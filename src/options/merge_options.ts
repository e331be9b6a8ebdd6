import { OPTIONS } from "./all_options.ts";

/**
 * Merges options: later ones win, but an option that is `undefined` does not count, and of limits such
 * as `maxCostUsd` the lowest wins.
 */
export function mergeOptions<Options extends object>(
  options: Options,
  others: Options,
): Options {
  const merged = { ...options } as Record<string, unknown>;
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined) continue;
    merged[name] = OPTIONS.get(name)?.isCeiling
      ? tighter(merged[name], value)
      : value;
  }
  return merged as Options;
}

/** Returns the lower of two limits. The first one may be missing. */
export function tighter(limit: unknown, other: unknown): unknown {
  return Number(limit) < Number(other) ? limit : other;
}
