import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { type Contestant, ROLLOUTS } from "../contestant.ts";
import { API_KEY } from "../contestants/question.mjs";
import type { PromptsTask } from "../contestants/task.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

const GENERATE_MANY: Contestant = { ...ROLLOUTS, file: "rollouts_many.ts" };

const MAX_ROUNDS = 3;

/** (f) The peak memory of `generateMany`, compared with a tenth as many samples. */
export async function memory(
  bench: Bench,
  caches: FilledCaches,
): Promise<Row[]> {
  const cached = await caches.task(bench.count(100), 1000);
  const cold: PromptsTask = {
    baseUrl: bench.server.baseUrl("http1", "4k"),
    apiKey: API_KEY,
    cacheDir: null,
    prompts: bench.count(20),
    samplesPerPrompt: 1000,
  };
  return [
    ...await compare(bench, "cached samples", cached),
    ...await compare(bench, "cold samples", cold),
  ];
}

async function compare(
  bench: Bench,
  kind: string,
  task: PromptsTask,
): Promise<Row[]> {
  const tenth = { ...task, samplesPerPrompt: task.samplesPerPrompt / 10 };
  const [few, many] = [tenth, task].map((task) => ({
    name: (task.prompts * task.samplesPerPrompt).toLocaleString("en-US"),
    run: () => bench.run(GENERATE_MANY, task),
  }));
  const setting = `generateMany, ${kind}`;
  const results = await bench.compete(`f: ${setting}`, [few!, many!], {
    rounds: Math.min(MAX_ROUNDS, bench.rounds),
  });
  return comparedRows(results, {
    letter: "f",
    setting,
    unit: "MB",
    reference: few!.name,
    value: ({ peakRssBytes }) => (peakRssBytes ?? NaN) / 1e6,
    targets: { [many!.name]: { atMost: 1.15 } },
  });
}
