import { histogramBin } from "./histogram_bin.ts";
import type { SampleHead, SetSummary } from "./view_data.ts";

/** A summary to which samples are added one by one. */
export type GrowingSummary = Growing<SetSummary>;

type Growing<T> = { -readonly [Field in keyof T]: Growing<T[Field]> };

/** The summary of a set of which no sample has been read. */
export function emptySummary(files: number): GrowingSummary {
  return {
    files,
    samples: 0,
    unusable: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    costUsd: 0,
    oldest: null,
    newest: null,
    finishReasons: table(),
    prefills: table(),
    providers: table(),
    hours: table(),
    lengths: table(),
  };
}

/** A summary that was kept as JSON, to which more is added. */
export function restoredSummary(summary: SetSummary): GrowingSummary {
  return {
    ...summary,
    finishReasons: table(summary.finishReasons),
    prefills: table(summary.prefills),
    providers: table(summary.providers),
    hours: table(summary.hours),
    lengths: table(summary.lengths),
  };
}

/** Adds a sample to a summary; its file is counted already. */
export function addSample(summary: GrowingSummary, head: SampleHead): void {
  if (head.problem !== null) {
    summary.unusable++;
    return;
  }
  const costUsd = head.costUsd ?? 0;
  summary.samples++;
  summary.promptTokens += head.promptTokens;
  summary.completionTokens += head.completionTokens;
  summary.reasoningTokens += head.reasoningTokens ?? 0;
  summary.costUsd += costUsd;
  count(summary.finishReasons, head.finishReason ?? "none");
  count(summary.lengths, histogramBin(head.completionTokens));
  if (head.prefill !== null) count(summary.prefills, head.prefill);
  const provider = summary.providers[head.provider ?? "unknown"] ??= {
    samples: 0,
    costUsd: 0,
    completionTokens: 0,
    latencies: table(),
  };
  provider.samples++;
  provider.costUsd += costUsd;
  provider.completionTokens += head.completionTokens;
  if (head.latencyMs !== null) {
    count(provider.latencies, histogramBin(head.latencyMs));
  }
  const hour = hourOf(head.created);
  if (hour === null) return;
  summary.oldest = Math.min(summary.oldest ?? Infinity, head.created);
  summary.newest = Math.max(summary.newest ?? -Infinity, head.created);
  const made = summary.hours[hour] ??= { samples: 0, costUsd: 0 };
  made.samples++;
  made.costUsd += costUsd;
}

/** A table whose names come from samples: `__proto__` is one like any other. */
function table<T>(
  from: Readonly<Record<string, T>> = {},
): Record<string, T> {
  return Object.assign(Object.create(null), from);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The hour of a time, in UTC; null where the time is not known, or none that a calendar has. */
function hourOf(unixSeconds: number): string | null {
  const date = new Date(unixSeconds * 1000);
  const isKnown = unixSeconds > 0 && !Number.isNaN(date.getTime());
  return isKnown ? date.toISOString().slice(0, -":00:00.000Z".length) : null;
}
