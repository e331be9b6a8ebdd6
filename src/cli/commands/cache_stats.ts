import { firstWords } from "../../util/escape_control_chars.ts";
import type { Command, CommandInput } from "../command.ts";
import {
  CACHE_FLAGS,
  CACHE_HELP,
  type SelectedSample,
  selectSamples,
} from "../flags/cache_flags.ts";
import { formatCount, formatTime, formatUsd } from "../output/format_values.ts";
import { type Column, printTable } from "../output/print_table.ts";

/** `rollouts cache stats`. */
export const command: Command<typeof CACHE_FLAGS> = {
  help: `Counts samples, tokens, and cost in the cache, by model.

Usage: rollouts cache stats [OPTIONS]

${CACHE_HELP}

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
  ["TOKENS IN", "right", ([, stats]) => formatCount(stats.promptTokens)],
  ["TOKENS OUT", "right", ([, stats]) => formatCount(stats.completionTokens)],
  ["COST", "right", ([, stats]) => formatUsd(stats.costUsd, "?")],
  ["OLDEST", "left", ([, stats]) => formatTime(stats.oldest).slice(0, 10)],
  ["NEWEST", "left", ([, stats]) => formatTime(stats.newest).slice(0, 10)],
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
  const { usage, finishReason, created } = entry.response;
  const reason = finishReason ?? "none";
  stats.samples++;
  stats.promptTokens += usage.promptTokens;
  stats.completionTokens += usage.completionTokens;
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

function shownCounts(counts: Stats["finishReasons"]): string {
  return Object.entries(counts).sort(([, a], [, b]) => b - a)
    .map(([reason, samples]) => `${firstWords(reason, 20)} ${samples}`)
    .join(", ");
}
