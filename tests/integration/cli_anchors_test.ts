import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { command as anchors } from "../../src/cli/commands/anchors.ts";
import type { AnchorsReport } from "../../src/resampling/mod.ts";
import { MockOpenRouter, PLANTED_QUESTION } from "../../src/testing/mod.ts";
import { cliEnv, runCli, startCli } from "../support/run_cli.ts";
import {
  finished,
  scriptCommand,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PLANTED = "mock/planted-anchors";

/** Resamples the planted question, with a cache in the directory. */
function run(mock: MockOpenRouter, dir: TempDir, args: readonly string[]) {
  return runCli([
    ...["anchors", PLANTED_QUESTION, "-m", PLANTED],
    ...["--cache-dir", join(dir.path, "cache"), ...args],
  ], cliEnv(mock));
}

Deno.test("rollouts anchors writes a report that ranks the decisive sentence first", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const plan = await run(mock, dir, ["-n", "20", "--plan"]);
  assertEquals(plan.code, 0, plan.stderr);
  assertStringIncludes(plan.stdout, "missing             420");
  const json = await run(mock, dir, ["-n", "20", "--plan", "--json"]);
  assertEquals([JSON.parse(json.stdout).missing, json.code], [420, 0]);
  const noPlan = await run(mock, dir, ["-n", "20", "--json"]);
  assertEquals(noPlan.code, 2);
  assertStringIncludes(noPlan.stderr, "--json needs --plan");
  assertEquals(mock.started, 1);
  const output = join(dir.path, "report.html");
  const args = [
    ...["-n", "20", "--truth", "5", "-o", output],
    ...["--embeddings", "openai/text-embedding-3-small"],
  ];
  const first = await run(mock, dir, args);
  assertEquals([first.code, first.stdout], [0, `${output}\n`], first.stderr);
  assertStringIncludes(
    first.stderr,
    "420 continuations (0 cached, 0 failed); $",
  );
  assertEquals(mock.started, 421);
  const report: AnchorsReport = JSON.parse(
    await Deno.readTextFile(join(dir.path, "report.json")),
  );
  const { sentences, cuts, usage, truth, parameters } = report;
  assertEquals([parameters.top_p, parameters.max_tokens], [0.95, 4096]);
  assertEquals([sentences.length, cuts.length, truth], [20, 21, "5"]);
  assertEquals([usage.samples, usage.cached, usage.failed], [420, 0, 0]);
  for (const { samples, answers, accuracy } of cuts) {
    assertEquals(samples.length, 20);
    assert(Object.keys(answers).every((answer) => /^[1-8]$/.test(answer)));
    assert(
      accuracy!.low <= accuracy!.value && accuracy!.value <= accuracy!.high,
    );
  }
  const similarities = cuts[0]!.samples.map(({ similarity }) => similarity!);
  assert(similarities.every((value) => value > -1 && value < 1.000_001));
  const significant = sentences.filter(({ resampling }) =>
    resampling!.isSignificant
  );
  const [most] = significant.toSorted((a, b) =>
    a.resampling!.rank - b.resampling!.rank
  );
  assertEquals([most!.index, most!.resampling!.rank], [17, 1]);
  assertEquals(
    first.stderr.match(/p 0\.\d{4} {2}\d+: /g)?.length,
    significant.length,
  );
  assertStringIncludes(first.stderr, "  17: ");
  assertStringIncludes(
    first.stderr,
    `${significant.length} of 20 sentences ${
      significant.length === 1 ? "is" : "are"
    } significant (p up to 0.05)`,
  );
  const again = await run(mock, dir, args);
  assertEquals([again.code, mock.started], [0, 421]);
  assertStringIncludes(
    again.stderr,
    "420 continuations (420 cached, 0 failed); $",
  );
  assert(!again.stderr.includes("--answer"), again.stderr);
  // An answer rule that finds no answer in most continuations.
  const rule = `/boxed\\{(${report.answer})\\}/`;
  const few = await run(mock, dir, [
    ...["-n", "20", "--answer", rule, "-o", output],
  ]);
  assertEquals([few.code, mock.started], [0, 421], few.stderr);
  const answered = cuts.reduce(
    (sum, { answers }) => sum + (answers[report.answer!] ?? 0),
    0,
  );
  assertStringIncludes(
    few.stderr,
    `--answer ${rule} finds an answer in ${answered} of 420 continuations`,
  );
});

Deno.test("rollouts anchors resamples nothing when the sample itself has no answer", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  for (const more of [["--plan"], []]) {
    const args = ["-n", "20", "--answer", "/(no number)/", ...more];
    const { code, stdout, stderr } = await run(mock, dir, args);
    assertEquals([code, stdout, mock.started], [2, "", 1], stderr);
    assertMatch(
      stderr,
      /--answer \/\(no number\)\/ finds no answer in the sample with seed 0, which ends in "The answer is .*"; nothing was resampled: try another --answer or --seed/,
    );
  }
});

Deno.test("the example in the help of rollouts anchors finds answers, also with the mock", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const [, prompt, options] = /^ {2}rollouts anchors "(.+)" (.+ -n 100 .+)$/m
    .exec(
      anchors.help,
    )!;
  const { code, stdout, stderr } = await finished(
    startCli(mock, [
      ...["anchors", prompt!],
      ...options!.replace("-n 100", "-n 4").split(" "),
    ], dir.path),
  );
  assertEquals([code, stdout], [0, "anchors.html\n"], stderr);
  assert(!stderr.includes("--answer"), stderr);
});

Deno.test({
  name:
    "rollouts anchors draws the progress of all cuts on a terminal, and removes it",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using mock = await MockOpenRouter.start({
      latencyMs: ({ seed }) => 100 * (1 + (seed ?? 0)),
    });
    await using dir = new TempDir();
    const command = [
      ...scriptCommand("src/cli/main.ts", USUAL_PERMISSIONS),
      ...["anchors", "Guess.", "-m", PLANTED, "-n", "4", "--every", "10"],
    ].join(" ");
    const draw = async () => {
      const { code, stdout } = await new Deno.Command("script", {
        args: ["-qec", command, "/dev/null"],
        env: {
          OPENROUTER_API_KEY: "k",
          OPENROUTER_BASE_URL: mock.baseUrl,
          TERM: "xterm",
          COLUMNS: "160",
        },
        cwd: dir.path,
        stdin: "null",
      }).output();
      const text = new TextDecoder().decode(stdout);
      assertEquals(code, 0, text);
      assert(!text.includes("sentences kept"), text);
      assertStringIncludes(text.replaceAll("\r", ""), "anchors.html\n");
      return text;
    };
    const text = await draw();
    // The bar covers all three cuts, and its line is cleared before anything else is written.
    assertMatch(text, /█+░* [1-9]\d*\/12 \| 0 cached, 0 failed/);
    const end = text.replaceAll("\x1b", "ESC");
    assertMatch(end, /ESC\[2K(?:\r|ESC\[K)*rollouts: none of 2 sentences/);
    const again = await draw();
    assert(!again.includes("█"), again);
    assertStringIncludes(again, "12 continuations (12 cached, 0 failed); $");
  },
});

Deno.test("rollouts anchors reports errors before any cost", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  for (
    const [args, reason] of [
      [["--answer", "sum"], "--answer must be boxed, number, choice or"],
      [["--answer", "/(/"], "--answer: Invalid regular expression"],
      [["-o", "report.pdf"], "--output must end in .html"],
    ] as const
  ) {
    const { code, stderr } = await run(mock, dir, args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, reason);
  }
  assertEquals(mock.started, 0);
});
