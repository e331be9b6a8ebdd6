import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  jsonLines,
  runDataSet,
  startRun,
  writeDataSet,
} from "../support/data_set_run.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

Deno.test("rollouts run is killed twice, goes on by the same command, and gives the output of a run that was not", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 20 });
  await using dir = new TempDir();
  await using other = new TempDir();
  const items = Array.from(
    { length: 1000 },
    (_, i) => ({ id: i, prompt: `What is ${i}+${i}?`, answer: 2 * i }),
  );
  const file = await writeDataSet(dir, "set.jsonl", jsonLines(items));
  const output = join(dir.path, "out.jsonl");
  const maxConcurrency = 128;
  const options = ["-n", "10", "--max-concurrency", `${maxConcurrency}`];
  const args = [file, ...options, "-o", output];
  for (const answered of [2_500, 6_500]) {
    const child = startRun(mock, dir, args);
    await until(() => mock.answered >= answered);
    child.kill("SIGKILL");
    await child.output();
  }
  const { code, stderr } = await runDataSet(mock, dir, args);
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /10000 of 10000 samples of 1000 prompts are there/);
  const paidAgain = mock.answered - 10_000;
  assert(paidAgain <= 2 * maxConcurrency, `${paidAgain} were paid again`);
  const whole = join(other.path, "out.jsonl");
  const again = await runDataSet(mock, other, [file, ...options, "-o", whole]);
  assertEquals(again.code, 0, again.stderr);
  const [first, second] = await Promise.all(
    [output, whole].map((path) => Deno.readTextFile(path)),
  );
  assert(first === second, "the outputs differ");
  assertEquals(first!.split("\n").length, 10_001);
});
