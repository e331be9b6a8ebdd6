import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { contestantName, ROLLOUTS, ROLLOUTS_MANY } from "../contestant.ts";
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

const MAX_ROUNDS = 2;

/** The most memory that one call with 512 requests in flight may take. */
const IN_FLIGHT_MB = 300;

/**
 * (f) The peak memory of `generateMany`, compared with a tenth as many prompts, and of `generate` with
 * many requests in flight.
 */
export async function memory(
  bench: Bench,
  caches: FilledCaches,
): Promise<Row[]> {
  const rows: Row[] = [];
  const sizes = [[bench.count(2000), 100], [20, bench.count(10_000)]] as const;
  for (const [prompts, samplesPerPrompt] of sizes) {
    const cached = await caches.task(prompts, samplesPerPrompt);
    const cold = { ...cached, apiKey: API_KEY, cacheDir: null };
    rows.push(
      ...await compareWithTenth(bench, "cached", cached),
      ...await compareWithTenth(bench, "cold", cold),
    );
  }
  rows.push(await inFlight(bench));
  return rows;
}

async function compareWithTenth(
  bench: Bench,
  kind: string,
  task: PromptsTask,
): Promise<Row[]> {
  const { samplesPerPrompt } = task;
  const many: ManyTask = { ...task, samplesPerCall: samplesPerPrompt };
  const few: ManyTask = { ...many, prompts: task.prompts / 10 };
  const competitors = [few, many].map((task) => ({
    name: (task.prompts * samplesPerPrompt).toLocaleString("en-US"),
    run: () => bench.run(ROLLOUTS_MANY, task),
  }));
  const perPrompt = samplesPerPrompt.toLocaleString("en-US");
  const setting = `generateMany, ${kind} samples, ${perPrompt} per prompt`;
  const results = await bench.compete(`f: ${setting}`, competitors, {
    rounds: Math.min(MAX_ROUNDS, bench.rounds),
  });
  return comparedRows(results, {
    letter: "f",
    setting,
    unit: "MB",
    reference: competitors[0]!.name,
    value: megabytes,
    targets: { [competitors[1]!.name]: { atMost: 1.15 } },
  });
}

/** One call of `generate`, which keeps all samples. */
async function inFlight(bench: Bench): Promise<Row> {
  const task: RequestTask = {
    baseUrl: bench.server.baseUrl("http1", "4k"),
    requests: bench.count(12_000),
    inFlight: 512,
    warmUpRequests: 1024,
    cacheDir: null,
  };
  const name = contestantName(ROLLOUTS);
  const setting = `generate, ${
    task.requests.toLocaleString("en-US")
  } cold samples, 512 in flight`;
  const results = await bench.compete(`f: ${setting}`, [
    { name, run: () => bench.run(ROLLOUTS, task) },
  ], { rounds: Math.min(MAX_ROUNDS, bench.rounds) });
  return limitRow(
    { letter: "f", setting, contestant: name },
    results.get(name)!,
    {
      unit: "MB",
      value: megabytes,
      limit: IN_FLIGHT_MB,
    },
  );
}

function megabytes({ peakRssBytes }: Measurement): number {
  return (peakRssBytes ?? NaN) / 1e6;
}
