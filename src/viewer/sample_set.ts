import type { CachedEntry } from "../cache/cached_entry.ts";
import { endingOf } from "./ending_of.ts";
import { histogramBin } from "./histogram_bin.ts";
import { askedText, promptText } from "./prompt_text.ts";
import { beginning } from "./sample_head.ts";
import type { SampleHead, SampleSet, SetSummary } from "./view_data.ts";

/** A set to whose summary samples are added. */
export interface MutableSet extends Omit<SampleSet, "summary"> {
  /** Totals over the samples added so far. */
  readonly summary: MutableSummary;
}

/** A summary to which samples are added. */
export type MutableSummary = Mutable<SetSummary>;

type Mutable<T> = { -readonly [Field in keyof T]: Mutable<T[Field]> };

/** How many characters of a prompt a list shows. */
const PROMPT_START = 300;

/** Builds a set from one of its entries, or from nothing but `others` if none is usable. */
export function setFromEntry(
  entry: CachedEntry | null,
  others: Pick<MutableSet, "id" | "model" | "path" | "summary">,
): MutableSet {
  const prefill = entry?.prefill ?? null;
  const asked = entry === null ? "" : askedText(entry.prompt, prefill);
  return {
    ...others,
    promptStart: beginning(asked, PROMPT_START),
    promptLength: entry === null ? 0 : promptText(entry.prompt).length,
    prefillStart: prefill === null ? null : beginning(prefill, PROMPT_START),
    parameters: entry?.parameters ?? {},
  };
}

/** The summary of a set of which no sample has been read. */
export function emptySummary(files: number): MutableSummary {
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

/** A summary that was stored as JSON. */
export function restoredSummary(summary: SetSummary): MutableSummary {
  return {
    ...summary,
    finishReasons: table(summary.finishReasons),
    prefills: table(summary.prefills),
    providers: table(summary.providers),
    hours: table(summary.hours),
    lengths: table(summary.lengths),
  };
}

/** Adds a sample to a summary whose `files` already includes it. */
export function addSample(summary: MutableSummary, head: SampleHead): void {
  if (head.problem !== null) {
    summary.unusable++;
    return;
  }
  const costUsd = head.costUsd ?? 0;
  summary.samples++;
  summary.promptTokens += head.promptTokens ?? 0;
  summary.completionTokens += head.completionTokens ?? 0;
  summary.reasoningTokens += head.reasoningTokens ?? 0;
  summary.costUsd += costUsd;
  count(summary.finishReasons, endingOf(head));
  if (head.completionTokens !== null) {
    count(summary.lengths, histogramBin(head.completionTokens));
  }
  if (head.prefill !== null) count(summary.prefills, head.prefill);
  const provider = summary.providers[head.provider ?? "unknown"] ??= {
    samples: 0,
    costUsd: 0,
    completionTokens: 0,
    latencies: table(),
  };
  provider.samples++;
  provider.costUsd += costUsd;
  provider.completionTokens += head.completionTokens ?? 0;
  if (head.latencyMs !== null) {
    count(provider.latencies, histogramBin(head.latencyMs));
  }
  const hour = hourOf(head.created);
  if (hour === null) return;
  summary.oldest = Math.min(summary.oldest ?? Infinity, head.created);
  summary.newest = Math.max(summary.newest ?? -Infinity, head.created);
  const hourly = summary.hours[hour] ??= { samples: 0, costUsd: 0 };
  hourly.samples++;
  hourly.costUsd += costUsd;
}

/** A record whose keys come from samples: it has no prototype, so that `__proto__` is an ordinary key. */
function table<T>(
  from: Readonly<Record<string, T>> = {},
): Record<string, T> {
  return Object.assign(Object.create(null), from);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Returns the UTC hour, or `null` if the time is unknown or out of range. */
function hourOf(unixSeconds: number): string | null {
  const date = new Date(unixSeconds * 1000);
  const isKnown = unixSeconds > 0 && !Number.isNaN(date.getTime());
  return isKnown ? date.toISOString().slice(0, -":00:00.000Z".length) : null;
}
