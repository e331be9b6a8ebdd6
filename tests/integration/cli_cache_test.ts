import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import type { Rollouts } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { finished, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Runs `rollouts cache …` with no permission but to read the cache, and no environment. */
async function cache(dir: TempDir, command: string, ...args: string[]) {
  return await finished(
    startScript("src/cli/main.ts", {
      permissions: [`--allow-read=${dir.path}`],
    }, ["cache", command, "--cache-dir", dir.path, ...args]),
  );
}

/** A cache of three prompts, of which one has another model and one is the Python package's. */
async function fill(dir: TempDir, mock: MockOpenRouter) {
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate("What is 5*10?", { nSamples: 3 });
  const second = await client.generate("What is 7*7?", {
    nSamples: 2,
    model: "qwen/qwq-32b",
  });
  const path = join(dir.path, "m", "t0.7_p0.95_tok4096", "abc", "abcdef");
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(
    join(path, "seed_00004.json"),
    JSON.stringify({
      seed: 4,
      prompt: "From Python",
      model: "m",
      response: { full: "four", content: "four", finish_reason: "stop" },
    }),
  );
  return { first, second, python: path };
}

function fileOf({ cacheDir }: Rollouts, seed: number): string {
  return join(cacheDir!, `seed_0000${seed}.json`);
}

Deno.test("rollouts cache ls shows the prompts, and those that are asked for", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fill(dir, mock);
  const all = await cache(dir, "ls", "--json");
  assertEquals([all.code, all.stderr], [0, ""]);
  const prompts = JSON.parse(all.stdout) as Record<string, unknown>[];
  assertEquals(
    prompts.map(({ model, samples, prompt }) => [model, samples, prompt]),
    [
      ["m", 1, "From Python"],
      [MODEL, 3, "What is 5*10?"],
      ["qwen/qwq-32b", 2, "What is 7*7?"],
    ],
  );
  const some = await cache(dir, "ls", "-m", "QWQ", "--prompt", "7*7");
  const [, row, ...others] = some.stdout.trim().split("\n");
  assert(row?.startsWith(String(prompts[2]?.key).slice(0, 10)));
  assertEquals(others, []);
  const none = await cache(dir, "ls", "--prompt", "no such");
  assertEquals(none.stdout.trim().split("\n").length, 1);
});

Deno.test("rollouts cache stats counts samples, tokens, cost and finish reasons by model", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fill(dir, mock);
  const { code, stdout } = await cache(dir, "stats", "--json");
  const stats = JSON.parse(stdout)[MODEL];
  assertEquals(code, 0);
  assertEquals([stats.prompts, stats.samples, stats.unusable], [1, 3, 0]);
  assertEquals(stats.costUsd, first.getTotalCost());
  assertEquals(stats.finishReasons, first.getFinishReasons());
  const table = await cache(dir, "stats");
  assertStringIncludes(table.stdout, "stop 1");
});

Deno.test("rollouts cache show shows samples, with what could act on a terminal made visible", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fill(dir, mock);
  const file = fileOf(first, 1);
  const entry = JSON.parse(await Deno.readTextFile(file));
  const content = "\u001b[31mred\u001b[0m \u202egnp.exe\u0007 end";
  const { reasoning } = entry.response;
  const response = {
    ...entry.response,
    content,
    full: `${reasoning}</think>${content}`,
  };
  await Deno.writeTextFile(file, JSON.stringify({ ...entry, response }));
  const [prompt] = JSON.parse((await cache(dir, "ls", "--json")).stdout)
    .filter(({ model }: { model: string }) => model === MODEL);
  const key = prompt.key.slice(0, 8);
  const shown = await cache(dir, "show", key);
  assertEquals([shown.code, shown.stderr], [0, ""]);
  for (const response of first) {
    assertStringIncludes(shown.stdout, `── seed ${response.seed} (stop`);
  }
  assertStringIncludes(shown.stdout, "\\u001b[31mred");
  assertStringIncludes(shown.stdout, "\\u202egnp.exe\\u0007 end");
  // deno-lint-ignore no-control-regex
  assert(!/[\u001b\u0007\u202e]/.test(shown.stdout));
  const one = await cache(dir, "show", key, "--seed", "2", "--json");
  assertEquals(JSON.parse(one.stdout).seed, 2);
  assertEquals((await cache(dir, "show", key, "--seed", "9")).code, 1);
  assertEquals((await cache(dir, "show", "ffff")).code, 2);
});

Deno.test("rollouts cache explain says why a sample is not there", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fill(dir, mock);
  const ask = (...args: string[]) =>
    cache(
      dir,
      "explain",
      "What is 5*10?",
      "-m",
      MODEL,
      "--base-url",
      mock.baseUrl,
      ...args,
    );
  const there = await ask("--seed", "2");
  assertEquals([there.code, there.stderr], [0, ""]);
  const missing = await ask("--temperature", "0.6");
  assertEquals(missing.code, 1);
  assertStringIncludes(missing.stdout, "temperature");
});

Deno.test("rollouts cache verify names every file that cannot be used where it lies, and is not held up by what is no file", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first, second, python } = await fill(dir, mock);
  const sound = await cache(dir, "verify");
  assertEquals([sound.code, sound.stderr], [0, ""]);
  assertStringIncludes(sound.stdout, "6 samples are sound, 0 are not");
  await Deno.copyFile(fileOf(first, 2), fileOf(second, 2));
  await Deno.copyFile(fileOf(first, 0), fileOf(second, 7));
  await Deno.copyFile(fileOf(second, 0), fileOf(first, 6));
  await Deno.writeTextFile(fileOf(first, 2), "{");
  await new Deno.Command("mkfifo", { args: [join(python, "seed_00009.json")] })
    .output();
  await Deno.symlink("/", join(dir.path, "elsewhere"));
  const { code, stdout } = await cache(dir, "verify", "--json");
  assertEquals(code, 1);
  const { sound: count, faults, leftOver } = JSON.parse(stdout);
  assertEquals([count, leftOver], [5, 1]);
  const reasons = new Map<string, string>(
    faults.map(({ path, reason }: { path: string; reason: string }) => [
      path,
      reason,
    ]),
  );
  assertEquals(reasons.size, 4);
  assertEquals(reasons.get(fileOf(first, 2)), "it is not a JSON object");
  assertStringIncludes(reasons.get(fileOf(second, 7))!, "its seed is 0");
  assertStringIncludes(
    reasons.get(fileOf(second, 2))!,
    "it belongs to qwen-qwen3-30b-a3b/",
  );
  assertStringIncludes(reasons.get(fileOf(first, 6))!, "its seed is 0");
});

/** Runs `rollouts cache …` with all that changes the cache may need. */
async function change(dir: TempDir, args: readonly string[]) {
  return await finished(
    startScript("src/cli/main.ts", {
      permissions: [
        `--allow-read=${dir.path}`,
        `--allow-write=${dir.path}`,
        "--allow-env",
      ],
    }, ["cache", ...args]),
  );
}

Deno.test("rollouts cache prune shows what would go, removes it when told to, and nothing else", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first, second } = await fill(dir, mock);
  const prune = (...args: string[]) =>
    change(dir, ["prune", "--cache-dir", dir.path, ...args]);
  await Deno.writeTextFile(fileOf(first, 1), "{");
  const month = new Date(Date.now() - 31 * 24 * 3_600_000);
  await Deno.utime(fileOf(second, 0), month, month);
  const shown = await prune("--corrupt");
  assertEquals([shown.code, shown.stdout], [0, `${fileOf(first, 1)}\n`]);
  assertStringIncludes(shown.stderr, "1 files of 0.0 MB would be removed");
  assertEquals((await Deno.stat(fileOf(first, 1))).isFile, true);
  const removed = await prune("--corrupt", "--yes");
  assertEquals(removed.stdout, shown.stdout);
  const old = await prune("--older-than", "30d", "-m", "qwen/qwq-32b");
  assertEquals(old.stdout, `${fileOf(second, 0)}\n`);
  assertEquals((await prune("--finish-reason", "length")).stdout, "");
  assertEquals((await prune("-m", "qwq")).stdout, "");
  await prune("-m", "qwen/qwq-32b", "--yes");
  const left = JSON.parse((await cache(dir, "ls", "--json")).stdout);
  assertEquals(
    left.map(({ model, samples }: Record<string, unknown>) => [model, samples]),
    [["m", 1], [MODEL, 2]],
  );
  const names = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(names.toSorted(), ["m", "qwen-qwen3-30b-a3b"]);
  for (
    const [args, reason] of [
      [[], "needs a filter"],
      [["--no-corrupt", "--yes"], "needs a filter"],
      [["--no-left-overs", "--yes"], "needs a filter"],
      [["--older-than", "long"], "such as 30d"],
      [["--left-overs", "--corrupt"], "goes with no other"],
    ] as const
  ) {
    const { code, stderr } = await prune(...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, reason);
  }
});

Deno.test("rollouts cache prune --left-overs removes what killed runs have left, and nothing of the last hour", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fill(dir, mock);
  const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
  const [old, fresh] = [2, 0.5].map((age) =>
    [
      join(dir.path, `.owner-${age}`),
      join(first.cacheDir!, `.${age}-1.tmp`),
      join(first.cacheDir!, `.seed_0000${age * 2}.claim`),
      join(first.cacheDir!, `seed_00001.json.corrupt-${age * 10}`),
    ].map((path) => {
      Deno.writeTextFileSync(path, "");
      Deno.utimeSync(path, hours(age), hours(age));
      return path;
    })
  );
  const args = ["prune", "--cache-dir", dir.path, "--left-overs", "--yes"];
  const { stdout } = await change(dir, args);
  assertEquals(stdout.trim().split("\n").toSorted(), old!.toSorted());
  for (const path of fresh!) assertEquals(Deno.statSync(path).isFile, true);
  assertStringIncludes((await cache(dir, "verify")).stdout, "6 samples are");
});

Deno.test("rollouts cache slice copies what a data set needs, says what is missing, and the copy replays", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fill(dir, mock);
  const file = join(dir.path, "set.txt");
  await Deno.writeTextFile(file, "What is 5*10?\n");
  const output = join(dir.path, "published");
  const options = ["-m", MODEL, "--base-url", mock.baseUrl];
  const slice = (n: string) =>
    change(dir, [
      "slice",
      file,
      "-o",
      output,
      "-n",
      n,
      "--cache-dir",
      dir.path,
      ...options,
    ]);
  const whole = await slice("3");
  assertEquals(whole.code, 0, whole.stderr);
  assertStringIncludes(whole.stderr, "3 samples are in");
  await using client = mockClient(mock, { cacheDir: output, cacheOnly: true });
  const replayed = await client.generate("What is 5*10?", { nSamples: 3 });
  assertEquals(replayed.length, 3);
  const more = await slice("4");
  assertEquals(more.code, 1);
  assertStringIncludes(more.stderr, "set.txt:1: seed 3 is not there");
});

Deno.test("rollouts cache prune removes one of two models that share a directory, and no file that another program may use", async () => {
  const [first, second] = MOCK_MODELS;
  const models = ["x/y:free", "x/yfree"];
  await using mock = await MockOpenRouter.start({
    models: [{ ...first!, id: models[0]! }, { ...second!, id: models[1]! }],
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  for (const model of models) {
    await client.generate("Hi", { model, nSamples: 2 });
  }
  const output = join(dir.path, "published");
  const file = join(dir.path, "set.txt");
  await Deno.writeTextFile(file, "Hi");
  const sliced = await change(dir, [
    ...["slice", file, "-o", output, "-n", "2", "-m", models[1]!],
    ...["--cache-dir", dir.path, "--base-url", mock.baseUrl],
  ]);
  assertEquals(sliced.code, 0, sliced.stderr);
  const replay = { cacheDir: output, cacheOnly: true, nSamples: 2 };
  const copied = await client.generate("Hi", { ...replay, model: models[1]! });
  assertEquals(copied.length, 2);
  await Deno.remove(output, { recursive: true });
  const { cacheDir } = await client.generate("Hi", { model: models[0]! });
  const entry = JSON.parse(
    await Deno.readTextFile(join(cacheDir!, "seed_00000.json")),
  );
  const odd = {
    version: [5, { ...entry, seed: 5, version: 2 }],
    bare: [6, {
      response: { full_text: "a" },
    }],
  } as const;
  for (const [seed, value] of Object.values(odd)) {
    const path = join(cacheDir!, `seed_0000${seed}.json`);
    await Deno.writeTextFile(path, JSON.stringify(value));
  }
  const prune = (...args: string[]) =>
    change(dir, ["prune", "--cache-dir", dir.path, "--yes", ...args]);
  assertEquals((await prune("--corrupt")).stdout, "");
  const removed = (await prune("-m", models[0]!)).stdout.trim().split("\n");
  assertEquals(removed.length, 2);
  const left = await client.generate("Hi", { model: models[1]!, nSamples: 2 });
  assertEquals([left.length, mock.started], [2, 4]);
});
