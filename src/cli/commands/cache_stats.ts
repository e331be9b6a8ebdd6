import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  type ChosenSample,
  chosenSamples,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { printTable } from "../output/print_table.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import { firstWords } from "../../util/escape_control_chars.ts";

const HELP = `Counts what is in the cache, by model.

Usage: rollouts cache stats [OPTIONS]

${CACHE_HELP}

UNUSABLE are files that cannot be read or lie where another's belong: rollouts cache verify names
them. They count for MB alone. OLDEST and NEWEST are the days on which answers were made.

Example: rollouts cache stats --json`;

/** `rollouts cache stats`. */
export const CACHE_STATS_COMMAND: Command = {
  help: HELP,
  flags: CACHE_FLAGS,
  aliases: CACHE_ALIASES,
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
  /** Of the oldest and the newest answer, in Unix seconds; null while there is none. */
  oldest: number | null;
  newest: number | null;
  readonly finishReasons: Record<string, number>;
}

async function count(given: ReadFlags): Promise<number> {
  const byModel = new Map<string, Stats>();
  const total = newStats();
  for (const chosen of chosenSamples(given)) {
    const stats = byModel.get(chosen.model) ?? newStats();
    byModel.set(chosen.model, stats);
    add(stats, chosen);
    add(total, chosen);
  }
  if (given.flags.json) {
    const models = [...byModel].map((
      [model, stats],
    ) => [model, plain(stats)]);
    const stats = { models: Object.fromEntries(models), total: plain(total) };
    console.log(JSON.stringify(stats, null, 2));
    return 0;
  }
  const rows = [...byModel].map(([model, stats]) =>
    row(firstWords(model, 60), stats)
  );
  if (rows.length > 1) rows.push(row("all", total));
  await printTable(
    [
      { head: "MODEL", align: "left" },
      { head: "PROMPTS", align: "right" },
      { head: "SAMPLES", align: "right" },
      { head: "UNUSABLE", align: "right" },
      { head: "MB", align: "right" },
      { head: "TOKENS IN", align: "right" },
      { head: "TOKENS OUT", align: "right" },
      { head: "COST", align: "right" },
      { head: "OLDEST", align: "left" },
      { head: "NEWEST", align: "left" },
      { head: "ENDED BY", align: "left" },
    ],
    rows,
  );
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

function add(stats: Stats, { prompt, sample }: ChosenSample): void {
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
  // Entries of other programs may not say when.
  if (created <= 0) return;
  stats.oldest = Math.min(stats.oldest ?? Infinity, created);
  stats.newest = Math.max(stats.newest ?? 0, created);
}

/** The same as JSON. */
function plain({ prompts, ...others }: Stats) {
  return { prompts: prompts.size, ...others };
}

function row(name: string, stats: Stats): string[] {
  return [
    name,
    shown(stats.prompts.size),
    shown(stats.samples),
    shown(stats.unusable),
    (stats.bytes / 1e6).toFixed(1),
    shown(stats.promptTokens),
    shown(stats.completionTokens),
    `$${stats.costUsd.toFixed(4)}`,
    day(stats.oldest),
    day(stats.newest),
    Object.entries(stats.finishReasons).sort(([, a], [, b]) => b - a)
      .map(([reason, samples]) => `${firstWords(reason, 20)} ${samples}`)
      .join(", "),
  ];
}

function shown(count: number): string {
  return count.toLocaleString("en-US");
}

function day(unixSeconds: number | null): string {
  if (unixSeconds === null) return "?";
  const date = new Date(unixSeconds * 1000);
  // What a program wrote may be no time at all.
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString().slice(0, 10);
}
