import type { ProviderSummary, SetSummary } from "./view_data.ts";

/** A summary to which samples are added. */
export type MutableSummary = Mutable<SetSummary>;

type Mutable<T> = { -readonly [Field in keyof T]: Mutable<T[Field]> };

/** The summary of a set of which no sample has been read. */
export function emptySummary(files: number): MutableSummary {
  return {
    files,
    samples: 0,
    unusable: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoned: 0,
    reasoningTokens: 0,
    priced: 0,
    costUsd: 0,
    oldest: null,
    newest: null,
    finishReasons: table(),
    prefills: table(),
    providers: table(),
    times: { stepMs: 1_000, bins: table() },
    lengths: table(),
  };
}

/** The summary of a provider without samples. */
export function emptyProvider(): Mutable<ProviderSummary> {
  return {
    samples: 0,
    priced: 0,
    costUsd: 0,
    completionTokens: 0,
    latencies: table(),
  };
}

/** A summary that was stored as JSON. */
export function restoredSummary(summary: SetSummary): MutableSummary {
  return {
    ...summary,
    finishReasons: table(summary.finishReasons),
    prefills: table(summary.prefills),
    providers: table(summary.providers),
    times: { ...summary.times, bins: table(summary.times.bins) },
    lengths: table(summary.lengths),
  };
}

/** A record whose keys come from samples: it has no prototype, so that `__proto__` is an ordinary key. */
export function table<T>(
  from: Readonly<Record<string, T>> = {},
): Record<string, T> {
  return Object.assign(Object.create(null), from);
}
