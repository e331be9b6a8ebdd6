import { join } from "@std/path/join";
import type { Bench } from "../bench.ts";
import { type Contestant, contestantName, ROLLOUTS } from "../contestant.ts";
import type { CommandTask } from "../contestants/run_command.ts";
import { fillViewedCache } from "../fill_viewed_cache.ts";
import { limitRows } from "../limit_rows.ts";
import type { Row } from "../row.ts";
import { settleFiles } from "../settle_files.ts";

const COMMAND: Contestant = { ...ROLLOUTS, file: "run_command.ts" };

const SAMPLES_PER_PROMPT = 10;

/** The CPU time that each command may take for 20,000 samples, in seconds. */
const LIMITS = {
  "run --plan": 0.8,
  "cache ls": 1,
  "cache stats": 1.8,
  "cache verify": 1.8,
  "cache slice": 3,
} as const;

type CommandName = keyof typeof LIMITS;

/** Commands that read a large cache: their CPU time and memory. */
export async function commands(bench: Bench): Promise<Row[]> {
  const prompts = bench.count(2_000);
  const cacheDir = bench.newPath();
  const samples = (prompts * SAMPLES_PER_PROMPT).toLocaleString("en-US");
  bench.tell(`filling a cache: ${samples} samples of ${prompts} prompts`);
  const lines = await fillViewedCache(cacheDir, {
    prompts,
    samplesPerPrompt: SAMPLES_PER_PROMPT,
  });
  const dataSet = `${cacheDir}.jsonl`;
  await Deno.writeTextFile(
    dataSet,
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
  await settleFiles();
  const cache = ["--cache-dir", cacheDir];
  // Each row of the data set names its own model.
  const calls = ["-m", "any", "-n", `${SAMPLES_PER_PROMPT}`, ...cache];
  const tasks: Readonly<Record<CommandName, () => CommandTask>> = {
    "run --plan": () => ["run", dataSet, "--plan", ...calls],
    "cache ls": () => ["cache", "ls", ...cache],
    "cache stats": () => ["cache", "stats", ...cache],
    "cache verify": () => ["cache", "verify", ...cache],
    "cache slice": () => {
      const output = join(bench.newPath(), "published");
      return ["cache", "slice", dataSet, "-o", output, ...calls];
    },
  };
  const names = Object.keys(tasks) as CommandName[];
  const results = await bench.compete(
    "j: commands",
    names.map((name) => ({
      name,
      run: () => bench.run(COMMAND, tasks[name]()),
    })),
  );
  return names.flatMap((name) => {
    const measurements = results.get(name)!;
    const limit = bench.count(1_000 * LIMITS[name]) / 1_000;
    const common = {
      letter: "j",
      setting: `rollouts ${name}, ${samples} samples`,
      contestant: contestantName(COMMAND),
    } as const;
    return limitRows(common, measurements, {
      unit: "CPU s",
      value: ({ cpuSeconds }) => cpuSeconds,
      limit,
    });
  });
}
