import type { CachedEntry } from "../cache/cached_entry.ts";
import { endingOf } from "./ending_of.ts";
import { emptyProvider, type MutableSummary } from "./mutable_summary.ts";
import { askedText, promptText, systemText } from "./prompt_text.ts";
import { beginning } from "./sample_head.ts";
import { addToTimes } from "./time_bins.ts";
import type { SampleHead, SampleSet } from "./view_data.ts";

/** A set to whose summary samples are added. */
export interface MutableSet extends Omit<SampleSet, "summary"> {
  /** Totals over the samples added so far. */
  readonly summary: MutableSummary;
}

/** How many characters of a prompt a list shows. */
const PROMPT_START = 300;

/** Builds a set from one of its entries, or from nothing but `others` if none is usable. */
export function setFromEntry(
  entry: CachedEntry | null,
  others: Pick<MutableSet, "id" | "model" | "path" | "summary">,
): MutableSet {
  const prefill = entry?.prefill ?? null;
  const asked = entry === null ? "" : askedText(entry.prompt, prefill);
  const system = entry === null ? null : systemText(entry.prompt);
  return {
    ...others,
    promptStart: beginning(asked, PROMPT_START),
    systemStart: system === null ? null : beginning(system, PROMPT_START),
    promptLength: entry === null ? 0 : promptText(entry.prompt).length,
    prefillStart: prefill === null ? null : beginning(prefill, PROMPT_START),
    parameters: entry?.parameters ?? {},
  };
}

/** Adds a sample to a summary whose `files` already includes it. */
export function addSample(summary: MutableSummary, head: SampleHead): void {
  if (head.problem !== null) {
    summary.unusable++;
    return;
  }
  const costUsd = head.costUsd ?? 0;
  const priced = head.costUsd === null ? 0 : 1;
  summary.samples++;
  summary.priced += priced;
  summary.promptTokens += head.promptTokens ?? 0;
  summary.completionTokens += head.completionTokens ?? 0;
  summary.reasoned += head.reasoningTokens === null ? 0 : 1;
  summary.reasoningTokens += head.reasoningTokens ?? 0;
  summary.costUsd += costUsd;
  count(summary.finishReasons, endingOf(head));
  if (head.completionTokens !== null) {
    count(summary.lengths, String(head.completionTokens));
  }
  if (head.prefill !== null) count(summary.prefills, head.prefill);
  const provider = summary.providers[head.provider ?? "unknown"] ??=
    emptyProvider();
  provider.samples++;
  provider.priced += priced;
  provider.costUsd += costUsd;
  provider.completionTokens += head.completionTokens ?? 0;
  if (head.latencyMs !== null) {
    count(provider.latencies, String(head.latencyMs));
  }
  if (!isKnownTime(head.created)) return;
  summary.oldest = Math.min(summary.oldest ?? Infinity, head.created);
  summary.newest = Math.max(summary.newest ?? -Infinity, head.created);
  const totals = { samples: 1, priced, costUsd };
  addToTimes(summary.times, head.created * 1000, totals);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Whether a time is known and in the range of dates. */
function isKnownTime(unixSeconds: number): boolean {
  return unixSeconds > 0 &&
    !Number.isNaN(new Date(unixSeconds * 1000).getTime());
}
