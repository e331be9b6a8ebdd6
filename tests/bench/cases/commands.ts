import { join } from "@std/path/join";
import type { Bench } from "../bench.ts";
import { contestantName, ROLLOUTS_COMMAND } from "../contestant.ts";
import type { CommandTask } from "../contestants/run_command.ts";
import type { Measurement } from "../contestants/task.ts";
import { fillViewedCache } from "../fill_viewed_cache.ts";
import { limitRows } from "../limit_rows.ts";
import type { Row } from "../row.ts";
import { settleFiles } from "../settle_files.ts";

const SAMPLES_PER_PROMPT = 10;

/** The CPU time that each command may take for 20,000 samples, in seconds. */
const LIMITS = {
  "run --plan": 0.8,
  "cache stats": 1.8,
  "cache verify": 1.8,
  "cache slice": 1,
} as const;

/** The CPU time that `cache ls` may take for 200,000 samples of 20,000 prompts, in seconds. */
const LS_LIMIT = 3;

type CommandName = keyof typeof LIMITS;

/** Commands that read a large cache: their CPU time and memory. */
export async function commands(bench: Bench): Promise<Row[]> {
  const { cacheDir, samples, lines } = await fill(bench, 2_000);
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
      run: () => bench.run(ROLLOUTS_COMMAND, tasks[name]()),
    })),
  );
  const large = await fill(bench, 20_000);
  await settleFiles();
  const ls = await bench.compete("j: a large cache", [{
    name: "cache ls",
    run: () =>
      bench.run(ROLLOUTS_COMMAND, [
        ...["cache", "ls", "--cache-dir", large.cacheDir],
      ]),
  }]);
  return [
    ...names.flatMap((name) =>
      rowsOf(bench, name, {
        samples,
        measurements: results.get(name)!,
        limit: LIMITS[name],
      })
    ),
    ...rowsOf(bench, "cache ls", {
      samples: large.samples,
      measurements: ls.get("cache ls")!,
      limit: LS_LIMIT,
    }),
  ];
}

async function fill(bench: Bench, fullPrompts: number) {
  const prompts = bench.count(fullPrompts);
  const cacheDir = bench.newPath();
  const samples = (prompts * SAMPLES_PER_PROMPT).toLocaleString("en-US");
  bench.tell(`filling a cache: ${samples} samples of ${prompts} prompts`);
  const lines = await fillViewedCache(cacheDir, {
    prompts,
    samplesPerPrompt: SAMPLES_PER_PROMPT,
  });
  return { cacheDir, samples, lines };
}

function rowsOf(
  bench: Bench,
  name: string,
  { samples, measurements, limit }: {
    readonly samples: string;
    readonly measurements: readonly Measurement[];
    readonly limit: number;
  },
): Row[] {
  const common = {
    letter: "j",
    setting: `rollouts ${name}, ${samples} samples`,
    contestant: contestantName(ROLLOUTS_COMMAND),
  } as const;
  return limitRows(common, measurements, {
    unit: "CPU s",
    value: ({ cpuSeconds }) => cpuSeconds,
    limit: bench.count(1_000 * limit) / 1_000,
  });
}
