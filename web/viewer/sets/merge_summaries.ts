import {
  emptyProvider,
  emptySummary,
  table,
} from "../../../src/viewer/mutable_summary.ts";
import { addToTimes } from "../../../src/viewer/time_bins.ts";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import type { ValueCounts } from "../plots/quantile.ts";

const TOTALS = [
  "files",
  "samples",
  "unusable",
  "promptTokens",
  "completionTokens",
  "reasoned",
  "reasoningTokens",
  "priced",
  "costUsd",
] as const;

/** Returns the totals over several sets. */
export function mergeSummaries(summaries: Iterable<SetSummary>): SetSummary {
  const sum = emptySummary(0);
  for (const summary of summaries) {
    for (const name of TOTALS) sum[name] += summary[name];
    const { oldest, newest } = summary;
    if (oldest !== null) sum.oldest = Math.min(sum.oldest ?? oldest, oldest);
    if (newest !== null) sum.newest = Math.max(sum.newest ?? newest, newest);
    addCounts(sum.finishReasons, summary.finishReasons);
    addCounts(sum.prefills, summary.prefills);
    addCounts(sum.lengths, summary.lengths);
    for (const [name, provider] of Object.entries(summary.providers)) {
      const known = sum.providers[name] ??= emptyProvider();
      known.samples += provider.samples;
      known.priced += provider.priced;
      known.costUsd += provider.costUsd;
      known.completionTokens += provider.completionTokens;
      addCounts(known.latencies, provider.latencies);
    }
    const { stepMs, bins } = summary.times;
    for (const [start, totals] of Object.entries(bins)) {
      addToTimes(sum.times, Number(start), totals, stepMs);
    }
  }
  return sum;
}

/** Returns the samples by their latency in milliseconds, over all providers. */
export function latencies({ providers }: SetSummary): ValueCounts {
  const sum = table<number>();
  for (const { latencies } of Object.values(providers)) {
    addCounts(sum, latencies);
  }
  return sum;
}

function addCounts(
  sum: Record<string, number>,
  counts: Readonly<Record<string, number>>,
): void {
  for (const [name, count] of Object.entries(counts)) {
    sum[name] = (sum[name] ?? 0) + count;
  }
}
