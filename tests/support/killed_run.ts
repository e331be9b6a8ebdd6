import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  jsonLines,
  runDataSet,
  startRun,
  writeDataSet,
} from "./data_set_run.ts";
import { TempDir } from "./temp_dir.ts";
import { until } from "./until.ts";

/** The size of a run that is killed. */
export interface KilledRun {
  /** The number of prompts. */
  readonly prompts: number;
  /** The number of samples per prompt. */
  readonly nSamples: number;
  /** The total numbers of answers after which it is killed. */
  readonly kills: readonly number[];
  /** The maximum number of requests in flight. */
  readonly maxConcurrency: number;
}

/**
 * Kills `rollouts run` several times, then checks that the same command finishes with the output of
 * an uninterrupted run, and pays again only for the requests in flight.
 */
export async function checkKilledRun(
  { prompts, nSamples, kills, maxConcurrency }: KilledRun,
): Promise<void> {
  await using mock = await MockOpenRouter.start({ latencyMs: 20 });
  await using dir = new TempDir();
  await using other = new TempDir();
  const items = Array.from(
    { length: prompts },
    (_, i) => ({ id: i, prompt: `What is ${i}+${i}?`, answer: 2 * i }),
  );
  const samples = prompts * nSamples;
  const file = await writeDataSet(dir, "set.jsonl", jsonLines(items));
  const output = join(dir.path, "out.jsonl");
  const options = [
    ...["-n", `${nSamples}`, "--max-concurrency", `${maxConcurrency}`],
  ];
  const args = [file, ...options, "-o", output];
  for (const answered of kills) {
    const child = startRun(mock, dir, args);
    await until(() => mock.answered >= answered);
    child.kill("SIGKILL");
    await child.output();
  }
  const { code, stderr } = await runDataSet(mock, dir, args);
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    stderr,
    `${samples} of ${samples} samples done for ${prompts} prompts`,
  );
  const paidAgain = mock.answered - samples;
  assert(
    paidAgain <= kills.length * maxConcurrency,
    `${paidAgain} were paid again`,
  );
  const whole = join(other.path, "out.jsonl");
  const again = await runDataSet(mock, other, [file, ...options, "-o", whole]);
  assertEquals(again.code, 0, again.stderr);
  const [first, second] = await Promise.all(
    [output, whole].map((path) => Deno.readTextFile(path)),
  );
  assert(first === second, "the outputs differ");
  assertEquals(first!.split("\n").length, samples + 1);
}
