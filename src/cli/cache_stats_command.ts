import {
  archiveOf,
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenPrompts,
} from "./cache_flags.ts";
import type { Command } from "./command.ts";
import { printTable } from "./print_table.ts";
import type { ReadFlags } from "./read_flags.ts";
import { firstWords } from "./visible_text.ts";

const HELP = `Counts what is in the cache, by model.

Usage: rollouts cache stats [OPTIONS]

${CACHE_HELP}

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
  prompts: number;
  samples: number;
  unusable: number;
  bytes: number;
  completionTokens: number;
  costUsd: number;
  readonly finishReasons: Record<string, number>;
}

async function count(given: ReadFlags): Promise<number> {
  const archive = archiveOf(given);
  const byModel = new Map<string, Stats>();
  for (const { prompt, model } of chosenPrompts(given)) {
    const stats = byModel.get(model) ?? newStats();
    byModel.set(model, stats);
    stats.prompts++;
    for (const { entry, sizeBytes } of archive.samples(prompt)) {
      stats.bytes += sizeBytes;
      if (entry === null) {
        stats.unusable++;
        continue;
      }
      const { usage, finishReason } = entry.response;
      const reason = finishReason ?? "none";
      stats.samples++;
      stats.completionTokens += usage.completionTokens;
      stats.costUsd += usage.cost ?? 0;
      stats.finishReasons[reason] = (stats.finishReasons[reason] ?? 0) + 1;
    }
  }
  if (given.flags.json) {
    console.log(JSON.stringify(Object.fromEntries(byModel), null, 2));
    return 0;
  }
  await printTable(
    [
      { head: "MODEL", align: "left" },
      { head: "PROMPTS", align: "right" },
      { head: "SAMPLES", align: "right" },
      { head: "UNUSABLE", align: "right" },
      { head: "MB", align: "right" },
      { head: "TOKENS", align: "right" },
      { head: "COST", align: "right" },
      { head: "ENDED BY", align: "left" },
    ],
    [...byModel].map(([model, stats]) => [
      firstWords(model, 60),
      shown(stats.prompts),
      shown(stats.samples),
      shown(stats.unusable),
      (stats.bytes / 1e6).toFixed(1),
      shown(stats.completionTokens),
      `$${stats.costUsd.toFixed(4)}`,
      Object.entries(stats.finishReasons).sort(([, a], [, b]) => b - a)
        .map(([reason, samples]) => `${firstWords(reason, 20)} ${samples}`)
        .join(", "),
    ]),
  );
  return 0;
}

function newStats(): Stats {
  return {
    prompts: 0,
    samples: 0,
    unusable: 0,
    bytes: 0,
    completionTokens: 0,
    costUsd: 0,
    finishReasons: {},
  };
}

function shown(count: number): string {
  return count.toLocaleString("en-US");
}
