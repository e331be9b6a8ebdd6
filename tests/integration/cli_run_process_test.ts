import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import {
  parsedLines,
  runDataSet,
  startRun,
  writeDataSet,
} from "../support/data_set_run.ts";
import { checkKilledRun } from "../support/killed_run.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  finished,
  scriptCommand,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { TerminalProgram } from "../support/terminal_program.ts";
import { until } from "../support/until.ts";

Deno.test("rollouts run resumes after a kill, with the output of an uninterrupted run", () =>
  checkKilledRun({
    prompts: 40,
    nSamples: 5,
    kills: [80],
    maxConcurrency: 16,
  }));

Deno.test("rollouts run finishes requests in flight and exits with 130 when interrupted", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 300 });
  await using dir = new TempDir();
  const prompts = Array.from({ length: 50 }, (_, i) => `What is ${i}+1?`);
  const file = await writeDataSet(dir, "set.txt", prompts.join("\n"));
  const output = join(dir.path, "out.jsonl");
  const args = [file, "-n", "4", "-o", output, "--max-concurrency", "16"];
  const child = startRun(mock, dir, args);
  await until(() => mock.started >= 32);
  child.kill("SIGINT");
  const { code, stderr } = await finished(child);
  assertEquals(code, 130);
  const [, summary, counts, goesOn, ...others] = stderr.trimEnd().split("\n");
  const left = 200 - mock.answered;
  assertStringIncludes(summary!, `${mock.answered} of 200 samples done for `);
  assertEquals(counts, `rollouts: ${left} not requested`);
  assertStringIncludes(goesOn!, "run the same command again to continue");
  assertEquals(others, []);
  const names = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(names.toSorted(), ["cache", "set.txt"]);
  const paid = mock.answered;
  const again = await runDataSet(mock, dir, args);
  assertEquals([again.code, mock.answered], [0, 200]);
  assertStringIncludes(again.stderr, `\nrollouts: ${paid} cached\n`);
});

Deno.test("rollouts run prints no error when its output is no longer read", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const prompts = Array.from({ length: 200 }, (_, i) => `What is ${i}+1?`);
  const file = await writeDataSet(dir, "set.txt", prompts.join("\n"));
  const child = startRun(mock, dir, [file, "-n", "5"]);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  const { code } = await child.status;
  assertEquals([code, stderr], [141, ""]);
});

Deno.test("rollouts run reads stdin, and keeps all samples before an invalid line", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 100 });
  await using dir = new TempDir();
  const output = join(dir.path, "out.jsonl");
  const lines = [
    '{"prompt":"What is 1+1?"}',
    '{"prompt":"What is 2+2?"}',
    '{"prompt":7}',
    '{"prompt":"What is 3+3?"}',
  ];
  const file = await writeDataSet(dir, "set.jsonl", lines.join("\n"));
  const child = new Deno.Command("sh", {
    args: [
      "-c",
      'cat "$0" | "$@"',
      file,
      ...scriptCommand("src/cli/main.ts", USUAL_PERMISSIONS),
      ...["run", "-", "-m", MODEL, "-n", "2", "-o", output],
      ...["--cache-dir", join(dir.path, "cache")],
    ],
    env: { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { code, stderr } = await finished(child);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "rollouts: stdin:3: prompt must be a string");
  const prompts = parsedLines(await Deno.readTextFile(output))
    .map(({ prompt }) => prompt);
  assertEquals(prompts, [
    "What is 1+1?",
    "What is 1+1?",
    "What is 2+2?",
    "What is 2+2?",
  ]);
  assertEquals([mock.started, mock.answered], [4, 4]);
});

Deno.test({
  name:
    "rollouts run draws the progress of the data set on a terminal, and removes it",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using mock = await MockOpenRouter.start({ latencyMs: 300 });
    await using dir = new TempDir();
    const file = await writeDataSet(dir, "set.txt", "Hi\nHello\nGood day");
    const output = join(dir.path, "out.jsonl");
    const program = runOnTerminal(mock, dir, [
      ...[file, "-n", "4", "--max-concurrency", "3"],
      ...["-o", output],
    ]);
    const code = await program.ended();
    const { text } = program;
    assertEquals(code, 0, text);
    assertMatch(
      text,
      /[1-9]\d*\/12 \| \d prompts \| 0 cached, 0 failed \| \d+ of 3 in flight \| [\d.]+\/s/,
    );
    const { lines } = program;
    assertEquals(lines.length, 1, text);
    assertStringIncludes(
      lines[0]!,
      "rollouts: 12 of 12 samples done for 3 prompts; $",
    );
  },
});

Deno.test({
  name:
    "rollouts run keeps its messages apart from the bar, and restores the terminal",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using mock = await MockOpenRouter.start({ latencyMs: 60_000 });
    await using dir = new TempDir();
    const file = await writeDataSet(dir, "set.txt", "Hi\nHello\nGood day");
    const output = join(dir.path, "out.jsonl");
    const program = runOnTerminal(mock, dir, [file, "-o", output]);
    await until(() => mock.started === 3 && program.text.includes("0/3 |"));
    await program.pressCtrlC();
    await until(() => program.text.includes("interrupt again to exit now"));
    assertEquals(
      program.lines[0],
      "rollouts: interrupted: finishing requests in flight; interrupt again to exit now",
    );
    const ended = program.ended();
    // Interrupts in quick succession count as one.
    const presses = setInterval(() => program.pressCtrlC().catch(() => {}), 50);
    assertEquals(await ended, 130);
    clearInterval(presses);
    const text = program.text.replaceAll("\x1b", "ESC");
    assert(!text.includes("ESC[?"), text);
  },
});

function runOnTerminal(
  mock: MockOpenRouter,
  dir: TempDir,
  args: readonly string[],
): TerminalProgram {
  return new TerminalProgram([
    ...scriptCommand("src/cli/main.ts", USUAL_PERMISSIONS),
    ...["run", "-m", MODEL, "--cache-dir", join(dir.path, "cache"), ...args],
  ], {
    columns: 160,
    env: { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl },
  });
}
