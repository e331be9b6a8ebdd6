import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  BARE,
  type Contestant,
  contestantName,
  ROLLOUTS,
} from "../contestant.ts";
import { API_KEY } from "../contestants/question.mjs";
import type {
  ManyTask,
  Measurement,
  PromptsTask,
  RequestTask,
} from "../contestants/task.ts";
import type { FilledCaches } from "../filled_caches.ts";
import { limitRow } from "../limit_rows.ts";
import type { Row } from "../row.ts";

const GENERATE_MANY: Contestant = { ...ROLLOUTS, file: "rollouts_many.ts" };

const MAX_ROUNDS = 3;

/** The number of samples of each call, unless a setting says otherwise. */
const SAMPLES_PER_CALL = 100;

/** The most memory with {@linkcode IN_FLIGHT} requests in flight, in MB. */
const LIMIT_MB = 300;

const IN_FLIGHT = 512;

/**
 * (f) The peak memory of `generateMany`, compared with a tenth as many samples, and that of many
 * requests in flight.
 */
export async function memory(
  bench: Bench,
  caches: FilledCaches,
): Promise<Row[]> {
  const cached = await caches.task(bench.count(100), 1000);
  const cold: PromptsTask = {
    baseUrl: bench.server.baseUrl("http1", "4k"),
    apiKey: API_KEY,
    cacheDir: null,
    prompts: bench.count(200),
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
    ...await inFlight(bench),
  ];
}

async function inFlight(bench: Bench): Promise<Row[]> {
  const requests = bench.count(12_000);
  const task: RequestTask = {
    baseUrl: bench.server.baseUrl("http1", "4k"),
    requests,
    inFlight: IN_FLIGHT,
    warmUpRequests: IN_FLIGHT,
    cacheDir: null,
  };
  const setting = `${IN_FLIGHT} in flight, ${
    requests.toLocaleString("en-US")
  } samples in memory`;
  const results = await bench.compete(
    `f: ${setting}`,
    [BARE, ROLLOUTS].map((contestant) => ({
      name: contestantName(contestant),
      run: () => bench.run(contestant, task),
    })),
    { rounds: roundsOf(bench) },
  );
  return [...results].map(([contestant, measurements]) =>
    limitRow(
      { letter: "f", setting, contestant },
      measurements,
      { unit: "MB", value: megabytes, limit: LIMIT_MB },
    )
  );
}

function roundsOf(bench: Bench): number {
  return Math.min(MAX_ROUNDS, bench.rounds);
}

function megabytes({ peakRssBytes }: Measurement): number {
  return (peakRssBytes ?? NaN) / 1e6;
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
    rounds: roundsOf(bench),
  });
  return comparedRows(results, {
    letter: "f",
    setting,
    unit: "MB",
    reference: few!.name,
    value: megabytes,
    targets: { [many!.name]: { atMost: 1.15 } },
  });
}
