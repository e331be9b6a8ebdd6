import { firstWords } from "../../util/escape_control_chars.ts";
import type { Command, CommandInput } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  type SelectedSample,
  selectSamples,
} from "../flags/cache_flags.ts";
import { formatCount, formatTime } from "../output/format_values.ts";
import { type Column, printTable } from "../output/print_table.ts";
import { formatUsd } from "../../util/format_usd.ts";

/** `rollouts cache stats`. */
export const command: Command<typeof CACHE_FLAGS> = {
  help: `Counts samples, tokens, and cost in the cache, by model.

Usage: rollouts cache stats [OPTIONS]

${CACHE_HELP}

TOKENS and COST are sums over the samples that report them; (9/10) means 9 of 10 samples.
UNUSABLE counts files that cannot be read or that belong to another request; rollouts cache verify names
them. OLDEST and NEWEST are the dates of the first and last answer.

Examples:
  rollouts cache stats
  rollouts cache stats -m qwen3 --json`,
  flags: CACHE_FLAGS,
  configured: ["cacheDir"],
  run: count,
};

interface Stats {
  readonly prompts: Set<string>;
  samples: number;
  unusable: number;
  bytes: number;
  promptTokens: number;
  completionTokens: number;
  costUsd: number;
  /** The number of samples that report each of the sums above. */
  readonly reported: Record<
    "promptTokens" | "completionTokens" | "cost",
    number
  >;
  /** The number of samples in which the model or a filter refused to answer. */
  refusals: number;
  /** The number of samples that the token limit cut short. */
  truncated: number;
  /** The times of the oldest and the newest answer, in Unix seconds. `null` without answers. */
  oldest: number | null;
  newest: number | null;
  readonly finishReasons: Record<string, number>;
}

const COLUMNS: readonly Column<readonly [name: string, stats: Stats]>[] = [
  ["MODEL", "left", ([model]) => firstWords(model, 60)],
  ["PROMPTS", "right", ([, stats]) => formatCount(stats.prompts.size)],
  ["SAMPLES", "right", ([, stats]) => formatCount(stats.samples)],
  ["UNUSABLE", "right", ([, stats]) => formatCount(stats.unusable)],
  ["MB", "right", ([, stats]) => (stats.bytes / 1e6).toFixed(1)],
  [
    "TOKENS IN",
    "right",
    ([, stats]) =>
      formatCount(stats.promptTokens) + coverage(stats, "promptTokens"),
  ],
  [
    "TOKENS OUT",
    "right",
    ([, stats]) =>
      formatCount(stats.completionTokens) + coverage(stats, "completionTokens"),
  ],
  [
    "COST",
    "right",
    ([, stats]) => formatUsd(stats.costUsd) + coverage(stats, "cost"),
  ],
  ["OLDEST", "left", ([, stats]) => formatTime(stats.oldest).slice(0, 10)],
  ["NEWEST", "left", ([, stats]) => formatTime(stats.newest).slice(0, 10)],
  ["REFUSED", "right", ([, stats]) => formatCount(stats.refusals)],
  ["ENDED BY", "left", ([, { finishReasons }]) => shownCounts(finishReasons)],
];

async function count(
  { flags, output }: CommandInput<typeof CACHE_FLAGS>,
): Promise<number> {
  const byModel = new Map<string, Stats>();
  const total = newStats();
  for (const selected of selectSamples(flags)) {
    const stats = byModel.get(selected.model) ?? newStats();
    byModel.set(selected.model, stats);
    add(stats, selected);
    add(total, selected);
  }
  if (flags.json) {
    const models = Object.fromEntries(
      [...byModel].map(([model, stats]) => [model, plain(stats)]),
    );
    output.print(JSON.stringify({ models, total: plain(total) }, null, 2));
    return 0;
  }
  const rows = [...byModel];
  if (rows.length > 1) rows.push(["all", total]);
  await printTable(rows, COLUMNS, output);
  return 0;
}

function newStats(): Stats {
  return {
    prompts: new Set(),
    samples: 0,
    unusable: 0,
    bytes: 0,
    promptTokens: 0,
    completionTokens: 0,
    costUsd: 0,
    reported: { promptTokens: 0, completionTokens: 0, cost: 0 },
    refusals: 0,
    truncated: 0,
    oldest: null,
    newest: null,
    finishReasons: {},
  };
}

function add(stats: Stats, { prompt, sample }: SelectedSample): void {
  const { entry, problem, sizeBytes } = sample;
  stats.prompts.add(prompt.path);
  stats.bytes += sizeBytes;
  if (entry === null || problem !== null) {
    stats.unusable++;
    return;
  }
  const { usage, finishReason, created, refusal, truncated } = entry.response;
  const reason = finishReason ?? "none";
  stats.samples++;
  for (
    const name of Object.keys(stats.reported) as (keyof Stats["reported"])[]
  ) {
    if (usage[name] !== null) stats.reported[name]++;
  }
  if (refusal !== null) stats.refusals++;
  if (truncated) stats.truncated++;
  stats.promptTokens += usage.promptTokens ?? 0;
  stats.completionTokens += usage.completionTokens ?? 0;
  stats.costUsd += usage.cost ?? 0;
  stats.finishReasons[reason] = (stats.finishReasons[reason] ?? 0) + 1;
  // Entries that other programs wrote may have no time.
  if (created <= 0) return;
  stats.oldest = Math.min(stats.oldest ?? Infinity, created);
  stats.newest = Math.max(stats.newest ?? 0, created);
}

/** Converts statistics to JSON. */
function plain({ prompts, ...others }: Stats) {
  return { prompts: prompts.size, ...others };
}

/** Returns how many samples a sum covers, unless it covers all. */
function coverage(
  { samples, reported }: Stats,
  name: keyof Stats["reported"],
): string {
  return reported[name] === samples ? "" : ` (${reported[name]}/${samples})`;
}

function shownCounts(counts: Stats["finishReasons"]): string {
  return Object.entries(counts).sort(([, a], [, b]) => b - a)
    .map(([reason, samples]) => `${firstWords(reason, 20)} ${samples}`)
    .join(", ");
}
