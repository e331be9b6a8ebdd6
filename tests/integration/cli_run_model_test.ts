import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  jsonLines,
  parsedLines,
  runDataSet,
  writeDataSet,
} from "../support/data_set_run.ts";
import { MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts run stops a mistyped model after the requests in flight, with one message", async () => {
  await using dir = new TempDir();
  const prompts = Array.from({ length: 1000 }, (_, index) => `Hi ${index}`);
  const file = await writeDataSet(dir, "set.txt", prompts.join("\n"));
  // A client starts with at most 64 requests in flight.
  for (
    const [args, inFlight] of [
      [[], 64],
      [["-n", "3"], 64],
      [["--max-concurrency", "5"], 5],
    ] as const
  ) {
    // Requests of the last run may still arrive at its server.
    await using mock = await MockOpenRouter.start({ latencyMs: 50 });
    const { code, stderr } = await runDataSet(mock, dir, [
      ...[file, "-m", "qwen/qwen9"],
      ...args,
    ]);
    assertEquals(code, 1);
    assertEquals(
      stderr,
      `rollouts: ${
        new URL(mock.baseUrl).host
      } answered 404: No endpoints found for qwen/qwen9.\n`,
    );
    assert(mock.started > 0 && mock.started <= inFlight, `${mock.started}`);
  }
});

Deno.test("rollouts run warns about unsupported parameters before the first request", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await writeDataSet(dir, "set.txt", "Hi");
  const args = [file, "--top-a", "0.5"];
  const { code, stderr } = await runDataSet(mock, dir, args);
  assertEquals(code, 0, stderr);
  assertMatch(
    stderr,
    /does not support top_a.*\n.*1 of 1 sample done for 1 prompt;/,
  );
  assertEquals(mock.started, 1);
});

Deno.test("rollouts run says once that --model has no effect when every row has a model", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const own = { prompt: "Hi", model: "qwen/qwq-32b" };
  const note =
    "rollouts: --model has no effect: every row has a model of its own\n";
  for (
    const [rows, noted] of [
      [[own, { ...own, prompt: "Hello" }], true],
      [[own, { prompt: "Hello" }], false],
    ] as const
  ) {
    const file = await writeDataSet(dir, "set.jsonl", jsonLines(rows));
    const { code, stderr } = await runDataSet(mock, dir, [file]);
    assertEquals(code, 0, stderr);
    assertEquals(stderr.split(note).length - 1, noted ? 1 : 0, stderr);
  }
});

Deno.test("rollouts run writes the samples before a row with an unknown model, and names the row", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const rows = [
    { prompt: "Hi", temperature: 0.5, max_tokens: 100 },
    { prompt: "Hi", temperature: 1, model: "qwen/qwq-32b" },
    { prompt: "Hello", model: "qwen/qwen9" },
    { prompt: "Bye" },
  ];
  const file = await writeDataSet(dir, "set.jsonl", jsonLines(rows));
  const [out, errors] = ["out.jsonl", "errors.jsonl"]
    .map((name) => join(dir.path, name)) as [string, string];
  const { code, stderr } = await runDataSet(mock, dir, [
    ...[file, "-n", "2", "-o", out, "--errors", errors],
  ]);
  assertEquals(code, 1);
  assertMatch(stderr, / of 8 samples done for 2 prompts/);
  assertMatch(
    stderr,
    /\nrollouts: .*set\.jsonl:3: .* answered 404: No endpoints found for qwen\/qwen9\.\n/,
  );
  const fields = ["model", "temperature", "max_tokens", "prompt", "seed"];
  assertEquals(
    parsedLines(await Deno.readTextFile(out))
      .map((line) => fields.map((name) => line[name])),
    [
      [MODEL, 0.5, 100, "Hi", 0],
      [MODEL, 0.5, 100, "Hi", 1],
      ["qwen/qwq-32b", 1, undefined, "Hi", 0],
      ["qwen/qwq-32b", 1, undefined, "Hi", 1],
    ],
  );
  const [error, ...others] = parsedLines(await Deno.readTextFile(errors));
  assertEquals(others, []);
  assertEquals([error?.place, error?.seed], [`${file}:3`, null]);
});
