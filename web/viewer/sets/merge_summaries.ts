import type {
  HourSummary,
  ProviderSummary,
  SetSummary,
} from "../../../src/viewer/view_data.ts";

type Counts = Record<string, number>;

/** Returns the totals over several sets. */
export function mergeSummaries(summaries: Iterable<SetSummary>): SetSummary {
  const sum = {
    files: 0,
    samples: 0,
    unusable: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    costUsd: 0,
  };
  let oldest: number | null = null;
  let newest: number | null = null;
  // A provider may have any name, even `__proto__`.
  const finishReasons: Counts = Object.create(null);
  const prefills: Counts = Object.create(null);
  const lengths: Counts = Object.create(null);
  const providers: Record<string, ProviderSummary> = Object.create(null);
  const hours: Record<string, HourSummary> = Object.create(null);
  for (const summary of summaries) {
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) {
      sum[name] += summary[name];
    }
    oldest = least(oldest, summary.oldest);
    newest = summary.newest === null
      ? newest
      : Math.max(newest ?? summary.newest, summary.newest);
    addCounts(finishReasons, summary.finishReasons);
    addCounts(prefills, summary.prefills);
    addCounts(lengths, summary.lengths);
    for (const [name, provider] of Object.entries(summary.providers)) {
      providers[name] = addProviders(providers[name], provider);
    }
    for (const [hour, { samples, costUsd }] of Object.entries(summary.hours)) {
      const known = hours[hour] ?? { samples: 0, costUsd: 0 };
      hours[hour] = {
        samples: known.samples + samples,
        costUsd: known.costUsd + costUsd,
      };
    }
  }
  return {
    ...sum,
    oldest,
    newest,
    finishReasons,
    prefills,
    providers,
    hours,
    lengths,
  };
}

function addCounts(sum: Counts, counts: Readonly<Counts>): void {
  for (const [name, count] of Object.entries(counts)) {
    sum[name] = (sum[name] ?? 0) + count;
  }
}

function addProviders(
  sum: ProviderSummary | undefined,
  provider: ProviderSummary,
): ProviderSummary {
  const latencies: Counts = { ...sum?.latencies };
  addCounts(latencies, provider.latencies);
  return {
    samples: (sum?.samples ?? 0) + provider.samples,
    costUsd: (sum?.costUsd ?? 0) + provider.costUsd,
    completionTokens: (sum?.completionTokens ?? 0) + provider.completionTokens,
    latencies,
  };
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
