import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { type Contestant, ROLLOUTS } from "../contestant.ts";
import { API_KEY } from "../contestants/question.mjs";
import type { ManyTask, PromptsTask } from "../contestants/task.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

const GENERATE_MANY: Contestant = { ...ROLLOUTS, file: "rollouts_many.ts" };

const MAX_ROUNDS = 3;

/** The number of samples of each call, unless a setting says otherwise. */
const SAMPLES_PER_CALL = 100;

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
  const samplesPerPrompt = bench.count(10_000);
  const large = await caches.task(20, samplesPerPrompt);
  const largeCall = { ...large, samplesPerCall: samplesPerPrompt };
  return [
    ...await compareWithTenth(bench, "cached samples", cached),
    ...await compareWithTenth(bench, "cold samples", cold),
    ...await compare(bench, "cached samples, 10,000 per prompt", [
      { ...largeCall, prompts: 2 },
      largeCall,
    ]),
  ];
}

function compareWithTenth(
  bench: Bench,
  kind: string,
  task: PromptsTask,
): Promise<Row[]> {
  const many = { ...task, samplesPerCall: SAMPLES_PER_CALL };
  const few = { ...many, samplesPerPrompt: task.samplesPerPrompt / 10 };
  return compare(bench, kind, [few, many]);
}

async function compare(
  bench: Bench,
  kind: string,
  tasks: readonly [few: ManyTask, many: ManyTask],
): Promise<Row[]> {
  const [few, many] = tasks.map((task) => ({
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
