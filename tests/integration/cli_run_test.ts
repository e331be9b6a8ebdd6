import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { MODEL } from "../support/mock_client.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

/** Starts `rollouts run` in a directory, with the cache in it. */
function start(
  mock: MockOpenRouter,
  dir: TempDir,
  args: readonly string[],
): Deno.ChildProcess {
  return startScript("src/cli/main.ts", {
    permissions: USUAL_PERMISSIONS,
    env: {
      OPENROUTER_API_KEY: "sk-test",
      OPENROUTER_BASE_URL: mock.baseUrl,
    },
  }, ["run", "-m", MODEL, "--cache-dir", join(dir.path, "cache"), ...args]);
}

function run(mock: MockOpenRouter, dir: TempDir, args: readonly string[]) {
  return finished(start(mock, dir, args));
}

async function write(
  dir: TempDir,
  name: string,
  text: string,
): Promise<string> {
  const file = join(dir.path, name);
  await Deno.writeTextFile(file, text);
  return file;
}

function jsonLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

function parsed(text: string): Record<string, unknown>[] {
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

Deno.test("rollouts run gives each sample of a data set with the fields of its prompt, in the order of the input", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => (index * 7) % 20,
  });
  await using dir = new TempDir();
  const file = await write(
    dir,
    "set.jsonl",
    `${
      jsonLines([
        { id: "a", prompt: "What is 1+1?", answer: "2" },
        { prompt: "What is 2+2?", temperature: 1.2, n_samples: 3, tag: ["x"] },
      ])
    }\n${jsonLines([{ id: 7, messages: [{ role: "user", content: "Hi" }] }])}`,
  );
  const { code, stdout, stderr } = await run(mock, dir, [file, "-n", "2"]);
  assertEquals(code, 0, stderr);
  const lines = parsed(stdout);
  assertEquals(
    lines.map(({ id, answer, tag, seed }) => [id, answer, tag, seed]),
    [
      ["a", "2", undefined, 0],
      ["a", "2", undefined, 1],
      [undefined, undefined, ["x"], 0],
      [undefined, undefined, ["x"], 1],
      [undefined, undefined, ["x"], 2],
      [7, undefined, undefined, 0],
      [7, undefined, undefined, 1],
    ],
  );
  assertEquals(lines[5]?.messages, [{ role: "user", content: "Hi" }]);
  assertStringIncludes(String(lines[0]?.full), String(lines[0]?.content));
  const temperatures = mock.requests.map(({ body }) =>
    (body as { temperature: number }).temperature
  );
  assertEquals(temperatures.toSorted(), [0.7, 0.7, 0.7, 0.7, 1.2, 1.2, 1.2]);
  assertStringIncludes(stderr, "7 of 7 samples of 3 prompts are there");
});

Deno.test("rollouts run is killed twice, goes on by the same command, and gives the output of a run that was not", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 20 });
  await using dir = new TempDir();
  await using other = new TempDir();
  const items = Array.from(
    { length: 1000 },
    (_, i) => ({ id: i, prompt: `What is ${i}+${i}?`, answer: 2 * i }),
  );
  const file = await write(dir, "set.jsonl", jsonLines(items));
  const output = join(dir.path, "out.jsonl");
  const maxConcurrency = 128;
  const options = ["-n", "10", "--max-concurrency", `${maxConcurrency}`];
  const args = [file, ...options, "-o", output];
  for (const answered of [2_500, 6_500]) {
    const child = start(mock, dir, args);
    await until(() => mock.answered >= answered);
    child.kill("SIGKILL");
    await child.output();
  }
  const { code, stderr } = await run(mock, dir, args);
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /10000 of 10000 samples of 1000 prompts are there/);
  const paidAgain = mock.answered - 10_000;
  assert(paidAgain <= 2 * maxConcurrency, `${paidAgain} were paid again`);
  const whole = join(other.path, "out.jsonl");
  const again = await run(mock, other, [file, ...options, "-o", whole]);
  assertEquals(again.code, 0, again.stderr);
  const [first, second] = await Promise.all(
    [output, whole].map((path) => Deno.readTextFile(path)),
  );
  assert(first === second, "the outputs differ");
  assertEquals(first!.split("\n").length, 10_001);
});

Deno.test("rollouts run reads CSV and plain text", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const csv = await write(
    dir,
    "set.csv",
    'id,prompt,temperature,stop,note\n1,"What is\n1+1?",0.2,,"a, b"\n2,Hi,,END,\n',
  );
  const table = await run(mock, dir, [csv]);
  assertEquals(table.code, 0, table.stderr);
  assertEquals(
    parsed(table.stdout).map(({ id, prompt, note }) => [id, prompt, note]),
    [["1", "What is\n1+1?", "a, b"], ["2", "Hi", ""]],
  );
  const bodies = mock.requests.map(({ body }) => body) as {
    temperature: number;
    stop?: string;
  }[];
  assertEquals(
    bodies.map(({ temperature, stop }) => [temperature, stop]).toSorted(),
    [[0.2, undefined], [0.7, "END"]],
  );
  const text = await write(dir, "set.txt", "What is 1+1?\r\n\nWhat is 2+2?");
  const plain = await run(mock, dir, [text]);
  assertEquals(
    parsed(plain.stdout).map(({ prompt }) => prompt),
    ["What is 1+1?", "What is 2+2?"],
  );
});

Deno.test("rollouts run names file, line and reason of what is wrong, and pays nothing for such a file", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const good = JSON.stringify({ id: "a", prompt: "Hi" });
  const wrong: [string, string][] = [
    ["{", "JSON"],
    ["[1]", "it must be a JSON object, got [1]"],
    ['{"id":"b"}', "it needs either prompt or messages"],
    ['{"prompt":"a","messages":[]}', "it needs either prompt or messages"],
    ['{"prompt":7}', "prompt must be a text or a list"],
    ['{"prompt":"a","temperature":5}', "between 0 and 2, got 5"],
    ['{"prompt":"a","max_tokens":"many"}', "maxTokens must be"],
    ['{"prompt":"a","content":"x"}', "its field content would be lost"],
    [good, "its id a is that of"],
  ];
  for (const [line, reason] of wrong) {
    const file = await write(dir, "set.jsonl", `${good}\n\n${line}\n${good}`);
    const { code, stdout, stderr } = await run(mock, dir, [file]);
    assertEquals([code, stdout], [2, ""], line);
    assert(stderr.startsWith(`rollouts: ${file}:3: `), stderr);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
    assertStringIncludes(stderr, reason);
  }
  const missing = await run(mock, dir, [join(dir.path, "none.jsonl")]);
  assertEquals(missing.code, 2);
  assertStringIncludes(missing.stderr, "none.jsonl: No such file");
  assertEquals(mock.started, 0);
});

Deno.test("rollouts run says what is missing and why, and exits with 1", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 1 ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  const file = await write(dir, "set.txt", "Hi\nHello");
  const [output, errors] = ["out", "errors"].map((name) =>
    join(dir.path, name)
  ) as [string, string];
  const args = [file, "-n", "3", "-o", output, "--errors", errors];
  const { code, stderr } = await run(mock, dir, args);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "4 of 6 samples of 2 prompts are there");
  const seeds = parsed(await Deno.readTextFile(output))
    .map(({ seed }) => seed);
  assertEquals(seeds, [0, 2, 0, 2]);
  const [first] = parsed(await Deno.readTextFile(errors));
  assertEquals([first?.place, first?.seed, first?.error], [
    `${file}:1`,
    1,
    "ApiError",
  ]);
});

Deno.test("rollouts run --plan sends nothing, needs no key, and says what the rest can cost; --cache-only replays", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = await write(dir, "set.txt", "Hi\nHello");
  await run(mock, dir, [file, "-n", "2"]);
  const plan = await run(mock, dir, [file, "-n", "5", "--plan"]);
  assertEquals(plan.code, 0, plan.stderr);
  assertMatch(
    plan.stdout,
    /cached\s+4\nmissing\s+6\ncost at the most\s+\$0\.0/,
  );
  const replay = await run(mock, dir, [file, "-n", "2", "--cache-only"]);
  assertEquals([replay.code, parsed(replay.stdout).length], [0, 4]);
  const more = await run(mock, dir, [file, "-n", "3", "--cache-only"]);
  assertEquals([more.code, parsed(more.stdout).length], [1, 4]);
  assertEquals(mock.started, 4);
});

Deno.test("rollouts run finishes what is under way when it is interrupted, leaves no output, and exits with 130", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 300 });
  await using dir = new TempDir();
  const prompts = Array.from({ length: 50 }, (_, i) => `What is ${i}+1?`);
  const file = await write(dir, "set.txt", prompts.join("\n"));
  const output = join(dir.path, "out.jsonl");
  const args = [file, "-n", "4", "-o", output, "--max-concurrency", "16"];
  const child = start(mock, dir, args);
  await until(() => mock.started >= 32);
  child.kill("SIGINT");
  const { code, stderr } = await finished(child);
  assertEquals(code, 130);
  assertStringIncludes(stderr, "the same command goes on from there");
  const names = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(names.toSorted(), ["cache", "set.txt"]);
  const paid = mock.answered;
  const again = await run(mock, dir, args);
  assertEquals([again.code, mock.answered], [0, 200]);
  assertStringIncludes(again.stderr, `${paid} of them were cached`);
});

Deno.test("rollouts run is quiet when nobody reads its output any more", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const prompts = Array.from({ length: 200 }, (_, i) => `What is ${i}+1?`);
  const file = await write(dir, "set.txt", prompts.join("\n"));
  const child = start(mock, dir, [file, "-n", "5"]);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  const { code } = await child.status;
  assertEquals([code, stderr], [141, ""]);
});

Deno.test({
  name:
    "rollouts run draws the whole set's progress on a terminal, and nothing of it is left at the end",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using mock = await MockOpenRouter.start({ latencyMs: 300 });
    await using dir = new TempDir();
    const file = await write(dir, "set.txt", "Hi\nHello\nGood day");
    const output = join(dir.path, "out.jsonl");
    const command = [
      Deno.execPath(),
      "run",
      "--quiet",
      ...USUAL_PERMISSIONS,
      join(ROOT, "src/cli/main.ts"),
      ...["run", file, "-m", MODEL, "-n", "4", "--max-concurrency", "3"],
      ...["-o", output, "--cache-dir", join(dir.path, "cache")],
    ].join(" ");
    const { code, stdout } = await new Deno.Command("script", {
      args: ["-qec", command, "/dev/null"],
      env: {
        OPENROUTER_API_KEY: "sk-test",
        OPENROUTER_BASE_URL: mock.baseUrl,
        TERM: "xterm",
        COLUMNS: "160",
      },
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stdout);
    assertEquals(code, 0, text);
    assertMatch(
      text,
      /[1-9]\d*\/12 samples \| \d prompts \| 0 cached \| 0 failed \| [\d.]+\/s/,
    );
    const last = text.trimEnd().split("\n").at(-1)!;
    assertStringIncludes(last, "12 of 12 samples of 3 prompts are there");
  },
});

Deno.test("rollouts run reads stdin, and loses nothing that came before a line that is wrong", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 100 });
  await using dir = new TempDir();
  const output = join(dir.path, "out.jsonl");
  const lines = [
    '{"prompt":"What is 1+1?"}',
    '{"prompt":"What is 2+2?"}',
    '{"prompt":7}',
    '{"prompt":"What is 3+3?"}',
  ];
  const file = await write(dir, "set.jsonl", lines.join("\n"));
  const child = new Deno.Command("sh", {
    args: [
      "-c",
      'cat "$0" | "$@"',
      file,
      Deno.execPath(),
      "run",
      "--quiet",
      ...USUAL_PERMISSIONS,
      join(ROOT, "src/cli/main.ts"),
      ...["run", "-", "-m", MODEL, "-n", "2", "-o", output],
      ...["--cache-dir", join(dir.path, "cache")],
    ],
    env: { OPENROUTER_API_KEY: "sk-test", OPENROUTER_BASE_URL: mock.baseUrl },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { code, stderr } = await finished(child);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "rollouts: stdin:3: prompt must be a text");
  const prompts = parsed(await Deno.readTextFile(output))
    .map(({ prompt }) => prompt);
  assertEquals(prompts, [
    "What is 1+1?",
    "What is 1+1?",
    "What is 2+2?",
    "What is 2+2?",
  ]);
  assertEquals([mock.started, mock.answered], [4, 4]);
});
