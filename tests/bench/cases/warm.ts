import type { Bench } from "../bench.ts";
import { comparedRows } from "../compared_rows.ts";
import {
  BARE_READS,
  type Contestant,
  contestantName,
  ROLLOUTS_PROMPTS,
} from "../contestant.ts";
import type { FilledCaches } from "../filled_caches.ts";
import type { Row } from "../row.ts";

/** This client, reading the same samples from packs. */
const PACKED_PROMPTS: Contestant = {
  ...ROLLOUTS_PROMPTS,
  name: "@rollouts/client, packed",
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
  const packed = await caches.packed(prompts, samplesPerPrompt);
  const competitors = ([
    [BARE_READS, task],
    [ROLLOUTS_PROMPTS, task],
    [PACKED_PROMPTS, packed],
  ] as const).map(([contestant, task]) => ({
    name: contestantName(contestant),
    run: () => bench.run(contestant, task),
  }));
  const [samples, of] = [files, prompts].map((count) =>
    count.toLocaleString("en-US")
  );
  const setting = `${samples} samples of ${of} ${
    prompts === 1 ? "prompt" : "prompts"
  }`;
  return comparedRows(await bench.compete(`c: ${setting}`, competitors), {
    letter: "c",
    setting,
    unit: "files/s",
    reference: contestantName(BARE_READS),
    value: ({ seconds }) => files / seconds,
    targets: {
      [contestantName(ROLLOUTS_PROMPTS)]: { atLeast: 0.73 },
      [contestantName(PACKED_PROMPTS)]: { atLeast: 1.2 },
    },
  });
}
