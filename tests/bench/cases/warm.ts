import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  type Contestant,
  contestantName,
  ROLLOUTS_PROMPTS,
} from "../contestant.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

const BARE_READS: Contestant = {
  name: "bare loop that reads files",
  runtime: "Deno",
  file: "bare_reads.ts",
};

/** (c) Samples that are all cached. */
export async function warm(bench: Bench, caches: FilledCaches): Promise<Row[]> {
  return [
    ...await compare(bench, caches, [bench.count(100), 1000]),
    ...await compare(bench, caches, [1, bench.count(10_000)]),
  ];
}

async function compare(
  bench: Bench,
  caches: FilledCaches,
  [prompts, samplesPerPrompt]: readonly [number, number],
): Promise<Row[]> {
  const task = await caches.task(prompts, samplesPerPrompt);
  const files = prompts * samplesPerPrompt;
  const competitors = [BARE_READS, ROLLOUTS_PROMPTS].map((contestant) => ({
    name: contestantName(contestant),
    run: () => bench.run(contestant, task),
  }));
  const setting = `${files.toLocaleString("en-US")} samples of ${prompts} ${
    prompts === 1 ? "prompt" : "prompts"
  }`;
  return comparedRows(await bench.compete(`c: ${setting}`, competitors), {
    letter: "c",
    setting,
    unit: "files/s",
    reference: contestantName(BARE_READS),
    value: ({ seconds }) => files / seconds,
    targets: { [contestantName(ROLLOUTS_PROMPTS)]: { atLeast: 0.75 } },
  });
}
