import { join } from "@std/path/join";
import { INDEX_FILE } from "../../../src/viewer/open_view_index.ts";
import type { Bench } from "../bench.ts";
import { type Contestant, contestantName, ROLLOUTS } from "../contestant.ts";
import type { Measurement } from "../contestants/task.ts";
import type { ViewTask } from "../contestants/view_cache.ts";
import { fillViewedCache } from "../fill_viewed_cache.ts";
import { limitRows } from "../limit_rows.ts";
import type { Row } from "../row.ts";
import { settleFiles } from "../settle_files.ts";

const VIEW: Contestant = { ...ROLLOUTS, file: "view_cache.ts" };

const SAMPLES_PER_PROMPT = 100;

const OPEN_SECONDS = 2;
const SEARCH_SECONDS = 1;
const INDEX_CPU_SECONDS = 40;

/** The queries: a word in every sample, a phrase, the start of a word, and a rare word. */
const QUERIES = ['"ba" ce', '"ce ki di"', "ceba", "lohajefo"];

/** (i) A large cache in the viewer: opened without an index, with one, and searched. */
export async function view(bench: Bench): Promise<Row[]> {
  const prompts = bench.count(2_000);
  const cacheDir = bench.newPath();
  const samples = (prompts * SAMPLES_PER_PROMPT).toLocaleString("en-US");
  bench.tell(`filling a cache: ${samples} samples of ${prompts} prompts`);
  await fillViewedCache(cacheDir, {
    prompts,
    samplesPerPrompt: SAMPLES_PER_PROMPT,
  });
  await settleFiles();
  const run = (what: ViewTask["what"]) =>
    bench.run(VIEW, { cacheDir, what } satisfies ViewTask);
  const rowsOf = (
    setting: string,
    seconds: number,
    measurements: readonly Measurement[],
  ) => rows(`${samples} samples, ${setting}`, seconds, measurements);
  const withoutIndex = await bench.compete("i: without an index", [{
    name: contestantName(VIEW),
    run: async () => {
      await Deno.remove(join(cacheDir, INDEX_FILE)).catch(() => {});
      return await run("open");
    },
  }]);
  await Deno.remove(join(cacheDir, INDEX_FILE)).catch(() => {});
  const indexing = await run("index");
  bench.tell(`i: indexed in ${indexing.cpuSeconds.toFixed(1)} s of CPU time`);
  const withIndex = await bench.compete("i: with an index", [
    { name: contestantName(VIEW), run: () => run("open") },
  ]);
  const found = await bench.compete(
    "i: searched",
    QUERIES.map((query) => ({ name: query, run: () => run({ query }) })),
  );
  return [
    ...rowsOf(
      "opened, no index",
      OPEN_SECONDS,
      [...withoutIndex.values()].flat(),
    ),
    ...rowsOf(
      "opened, index kept",
      OPEN_SECONDS,
      [...withIndex.values()].flat(),
    ),
    ...[...found].flatMap(([query, measurements]) =>
      rowsOf(`search ${query}`, SEARCH_SECONDS, measurements)
    ),
    ...limitRows(
      {
        letter: "i",
        setting: `${samples} samples, all read into the index`,
        contestant: contestantName(VIEW),
      },
      [indexing],
      {
        unit: "CPU s",
        value: ({ cpuSeconds }) => cpuSeconds,
        limit: INDEX_CPU_SECONDS,
      },
    ),
  ];
}

/** Returns rows for the time and the memory, with the target of the time. */
function rows(
  setting: string,
  seconds: number,
  measurements: readonly Measurement[],
): Row[] {
  const common = {
    letter: "i",
    setting,
    contestant: contestantName(VIEW),
  } as const;
  return limitRows(common, measurements, {
    unit: "s",
    value: ({ seconds }) => seconds,
    limit: seconds,
  });
}
