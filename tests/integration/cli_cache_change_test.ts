import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { fileOf, fillCache, readCache } from "../support/cache_commands.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { runCli } from "../support/run_cli.ts";
import { finished, ROOT, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts cache prune lists files, and removes them with --yes", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first, second } = await fillCache(dir, mock);
  const prune = (...args: string[]) =>
    runCli(["cache", "prune", "--cache-dir", dir.path, ...args]);
  await Deno.writeTextFile(fileOf(first, 1), "{");
  const month = new Date(Date.now() - 31 * 24 * 3_600_000);
  await Deno.utime(fileOf(second, 0), month, month);
  const shown = await prune("--corrupt");
  assertEquals([shown.code, shown.stdout], [0, `${fileOf(first, 1)}\n`]);
  assertStringIncludes(
    shown.stderr,
    "1 file of 1 B to remove: run again with --yes",
  );
  assertEquals((await Deno.stat(fileOf(first, 1))).isFile, true);
  const removed = await prune("--corrupt", "--yes");
  assertEquals(removed.stdout, shown.stdout);
  const old = await prune("--older-than", "30d", "-m", "qwen/qwq-32b");
  assertEquals(old.stdout, `${fileOf(second, 0)}\n`);
  assertEquals((await prune("--finish-reason", "length")).stdout, "");
  const none = await prune("-m", "qwq");
  assertEquals([none.code, none.stdout], [0, ""]);
  assertEquals(
    none.stderr,
    "rollouts: nothing to remove; --model needs the full slug, such as qwen/qwq-32b\n",
  );
  const other = await prune("-m", "qwen/qwq-32b", "--corrupt", "--yes");
  assertEquals(other.stderr, "rollouts: nothing to remove\n");
  await prune("-m", "qwen/qwq-32b", "--yes");
  const left = JSON.parse((await readCache(dir, "ls", "--json")).stdout);
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
      [["--no-stale", "--yes"], "needs a filter"],
      [["--older-than", "long"], "such as 30d"],
      [
        ["--stale", "--corrupt"],
        "--stale and other filters exclude each other: omit one",
      ],
    ] as const
  ) {
    const { code, stderr } = await prune(...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, reason);
  }
});

Deno.test("rollouts cache prune --stale removes files that killed runs left over an hour ago", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fillCache(dir, mock);
  const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
  const [old, fresh] = [2, 0.5].map((age) =>
    [
      join(dir.path, `.owner-${age}`),
      join(dir.path, `.run-${age}.json`),
      join(first.cacheDir!, `.${age}-1.tmp`),
      join(first.cacheDir!, `.seeds_0000${age * 2}-00009.lock`),
      join(first.cacheDir!, `seed_00001.json.corrupt-${age * 10}`),
    ].map((path) => {
      Deno.writeTextFileSync(path, "");
      Deno.utimeSync(path, hours(age), hours(age));
      return path;
    })
  );
  const [oldEmpty, freshEmpty] = [2, 0.5].map((age) => {
    const path = join(dir.path, `model-${age}`, "t1", "ab", `abc${age}`);
    Deno.mkdirSync(path, { recursive: true });
    Deno.utimeSync(path, hours(age), hours(age));
    return path;
  });
  const args = ["prune", "--cache-dir", dir.path, "--stale", "--yes"];
  const { stdout, stderr } = await runCli(["cache", ...args]);
  assertEquals(
    stdout.trim().split("\n").toSorted(),
    [...old!, oldEmpty].toSorted(),
  );
  assertStringIncludes(
    stderr,
    "removed 5 files of 0 B, 1 empty directory",
  );
  const models = [...Deno.readDirSync(dir.path)].map(({ name }) => name);
  assertEquals(models.filter((name) => name.startsWith("model-")), [
    "model-0.5",
  ]);
  assertEquals([...Deno.readDirSync(freshEmpty!)], []);
  for (const path of fresh!) assertEquals(Deno.statSync(path).isFile, true);
  assertStringIncludes(
    (await readCache(dir, "verify")).stdout,
    "6 samples valid",
  );
});

Deno.test("rollouts cache slice copies the samples of a data set, and reports missing ones", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  const file = join(dir.path, "set.txt");
  await Deno.writeTextFile(file, "What is 5*10?\n");
  const output = join(dir.path, "published");
  const options = ["-m", MODEL, "--base-url", mock.baseUrl];
  const slice = (n: string) =>
    runCli([
      "cache",
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
  assertStringIncludes(
    whole.stderr,
    `3 samples copied to ${output}, 0 already there, 0 missing`,
  );
  await using client = mockClient(mock, { cacheDir: output, cacheOnly: true });
  const replayed = await client.generate("What is 5*10?", { nSamples: 3 });
  assertEquals(replayed.length, 3);
  const more = await slice("4");
  assertEquals(more.code, 1);
  assertStringIncludes(more.stderr, "set.txt:1: seed 3 not cached");
  const many = await slice("30");
  assertStringIncludes(
    many.stderr,
    "set.txt:1: 27 seeds (3, 4, 5, …) not cached\n",
  );
  assertStringIncludes(
    many.stderr,
    `0 samples copied to ${output}, 3 already there, 27 missing`,
  );
});

Deno.test("rollouts cache prune removes one of two models in a directory, and no files in use", async () => {
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
  const sliced = await runCli(["cache", ...[
    "slice",
    file,
    "-o",
    output,
    "-n",
    "2",
    "-m",
    models[1]!,
  ], ...["--cache-dir", dir.path, "--base-url", mock.baseUrl]]);
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
    runCli(["cache", "prune", "--cache-dir", dir.path, "--yes", ...args]);
  assertEquals((await prune("--corrupt")).stdout, "");
  const removed = (await prune("-m", models[0]!)).stdout.trim().split("\n");
  assertEquals(removed.length, 2);
  const left = await client.generate("Hi", { model: models[1]!, nSamples: 2 });
  assertEquals([left.length, mock.started], [2, 4]);
});

Deno.test("rollouts cache prune leaves no empty directories, whatever the path of the cache", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  const child = startScript(join(ROOT, "src/cli/main.ts"), {
    permissions: ["--allow-read", "--allow-write", "--allow-env"],
    cwd: dir.path,
  }, ["cache", "prune", "--cache-dir", "./", "-m", "m", "--yes"]);
  const { code, stderr } = await finished(child);
  assertEquals(code, 0, stderr);
  assertEquals(
    [...Deno.readDirSync(dir.path)].map(({ name }) => name).length,
    2,
  );
});
