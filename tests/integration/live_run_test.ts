import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { openView, whenTold } from "../support/cache_view.ts";
import {
  jsonLines,
  runDataSet,
  writeDataSet,
} from "../support/data_set_run.ts";
import { MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Names in the cache directory, other than models and the viewer's index. */
function filesOfRuns(cacheDir: string): string[] {
  return [...Deno.readDirSync(cacheDir)].map(({ name }) => name)
    .filter((name) => /^\.(run|owner)-/.test(name));
}

Deno.test("CacheView shows a run in progress: samples, requests in flight, spending, and the time left", async () => {
  await using dir = new TempDir();
  const cacheDir = join(dir.path, "cache");
  await Deno.mkdir(cacheDir);
  await using mock = await MockOpenRouter.start({
    latencyMs: () => mock.started > 4 ? 3_000 : 0,
  });
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    jsonLines([{ prompt: "Hi" }]),
  );
  const run = runDataSet(mock, dir, [
    file,
    ...["-n", "8", "--max-concurrency", "4", "--max-cost-usd", "5"],
    ...["-o", join(dir.path, "out.jsonl")],
  ]);
  const { view, said } = await openView(cacheDir);
  await using _ = view;
  const { live } = await whenTold(
    () => view.sets(0),
    ({ live }) =>
      live?.runs[0]?.done === 4 && live.inFlight === 4 &&
      live.lastMinute?.samples === 4,
  );
  assertEquals(live!.processes, 1);
  const { id, costUsd, secondsLeft, ...counts } = live!.runs[0]!;
  assertEquals(counts, {
    dataSet: "set.jsonl",
    model: MODEL,
    total: 8,
    done: 4,
    cached: 0,
    failed: 0,
    maxCostUsd: 5,
  });
  assert(filesOfRuns(cacheDir).includes(id), id);
  assert(secondsLeft !== null && secondsLeft < 60, `${secondsLeft} s`);
  const { changed: [set] } = await view.sets(0);
  assertEquals(costUsd, set!.summary.costUsd);
  assertEquals(live!.lastMinute!.costUsd, costUsd);
  const { code, stderr } = await run;
  assertEquals([code, said], [0, []], stderr);
  assertEquals(filesOfRuns(cacheDir), []);
});

Deno.test("rollouts run stores no status if it stores no samples", async () => {
  await using dir = new TempDir();
  await using mock = await MockOpenRouter.start();
  const file = await writeDataSet(
    dir,
    "set.jsonl",
    jsonLines([{ prompt: "Hi" }]),
  );
  for (const [flag, code] of [["--no-use-cache", 0], ["--cache-only", 1]]) {
    const ended = await runDataSet(mock, dir, [file, `${flag}`]);
    assertEquals(ended.code, code, ended.stderr);
    const names = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
    assertEquals(names, ["set.jsonl"], `${flag}`);
  }
});
