import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import { BARE_READS, contestantName, ROLLOUTS_MANY } from "../contestant.ts";
import type { ManyTask } from "../contestants/task.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

const SAMPLES_PER_PROMPT = 10;

/** (l) `generateMany` with many prompts, all of whose samples are cached: a run that is resumed. */
export async function resumed(
  bench: Bench,
  caches: FilledCaches,
): Promise<Row[]> {
  const prompts = bench.count(20_000);
  const task: ManyTask = {
    ...await caches.task(prompts, SAMPLES_PER_PROMPT),
    samplesPerCall: SAMPLES_PER_PROMPT,
  };
  const samples = prompts * SAMPLES_PER_PROMPT;
  const competitors = [BARE_READS, ROLLOUTS_MANY].map((contestant) => ({
    name: contestantName(contestant),
    run: () => bench.run(contestant, task),
  }));
  const setting = `${samples.toLocaleString("en-US")} samples of ${
    prompts.toLocaleString("en-US")
  } prompts`;
  return comparedRows(await bench.compete(`l: ${setting}`, competitors), {
    letter: "l",
    setting,
    unit: "files/s",
    reference: contestantName(BARE_READS),
    value: ({ seconds }) => samples / seconds,
  });
}
