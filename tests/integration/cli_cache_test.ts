import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { fileOf, fillCache, readCache } from "../support/cache_commands.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { finished, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("rollouts cache ls shows all prompts, or those that match", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  const all = await readCache(dir, "ls", "--json");
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
  const some = await readCache(dir, "ls", "-m", "QWQ", "--prompt", "7*7");
  const [, row, ...others] = some.stdout.trim().split("\n");
  assert(row?.startsWith(String(prompts[2]?.key).slice(0, 10)));
  assertEquals(others, []);
  const none = await readCache(dir, "ls", "--prompt", "no such");
  assertEquals(none.stdout.trim().split("\n").length, 1);
});

Deno.test("rollouts cache stats counts samples, tokens, cost and finish reasons by model", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fillCache(dir, mock);
  const { code, stdout } = await readCache(dir, "stats", "--json");
  const stats = JSON.parse(stdout).models[MODEL];
  assertEquals(code, 0);
  assertEquals([stats.prompts, stats.samples, stats.unusable], [1, 3, 0]);
  assertEquals(stats.costUsd, first.getTotalCost());
  assertEquals(stats.finishReasons, first.getFinishReasons());
  const table = await readCache(dir, "stats");
  assertStringIncludes(table.stdout, "stop 1");
  const sum = table.stdout.trim().split("\n").at(-1);
  assert(/^all +3 +6 +0 /.test(sum ?? ""), sum);
  const today = new Date().toISOString().slice(0, 4);
  assertEquals(
    new Date(stats.newest * 1000).toISOString().slice(0, 4),
    today,
  );
});

Deno.test("rollouts cache show prints samples with control characters escaped", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first } = await fillCache(dir, mock);
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
  const [prompt] = JSON.parse((await readCache(dir, "ls", "--json")).stdout)
    .filter(({ model }: { model: string }) => model === MODEL);
  const key = prompt.key.slice(0, 8);
  const shown = await readCache(dir, "show", key);
  assertEquals([shown.code, shown.stderr], [0, ""]);
  for (const response of first) {
    assertStringIncludes(shown.stdout, `── seed ${response.seed} (stop`);
  }
  assertStringIncludes(shown.stdout, "\\u001b[31mred");
  assertStringIncludes(shown.stdout, "\\u202egnp.exe\\u0007 end");
  // deno-lint-ignore no-control-regex
  assert(!/[\u001b\u0007\u202e]/.test(shown.stdout));
  const one = await readCache(dir, "show", key, "--seed", "2", "--json");
  assertEquals(JSON.parse(one.stdout).seed, 2);
  assertEquals((await readCache(dir, "show", key, "--seed", "9")).code, 1);
  assertEquals((await readCache(dir, "show", "ffff")).code, 2);
  await Deno.writeTextFile(fileOf(first, 2), "{");
  const broken = await readCache(dir, "show", key, "--seed", "2");
  assertStringIncludes(broken.stdout, "not used: it is not a JSON object");
});

Deno.test("rollouts cache show ignores the empty directory of a failed request", async () => {
  await using mock = await MockOpenRouter.start();
  await using failing = await MockOpenRouter.start({
    faults: { type: "status", status: 422 },
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const prompt = "What is 5*10?";
  const failed = await client.generate(prompt, {
    model: "qwen/qwq-32b",
    baseUrl: failing.baseUrl,
    apiKey: "sk-other",
  });
  assertEquals(failed.errors.size, 1);
  const key = failed.cacheDir!.split(/[\\/]/).at(-1)!.slice(0, 5);
  const empty = await readCache(dir, "show", key);
  assertEquals(empty.code, 2);
  assertStringIncludes(
    empty.stderr,
    `no prompt has a key that starts with ${key}`,
  );
  await client.generate(prompt);
  const { code, stdout } = await readCache(dir, "show", key);
  assertEquals([code, stdout.split("\n")[0]], [0, prompt]);
});

Deno.test("rollouts cache explain prints why a sample is not cached", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  const ask = (...args: string[]) =>
    readCache(
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
  const json = await ask("--temperature", "0.6", "--json");
  assertEquals(JSON.parse(json.stdout).nearest.differences, [
    { field: "temperature", cached: 0.7, requested: 0.6 },
  ]);
});

Deno.test("rollouts cache verify lists every unusable file, and skips other kinds of entries", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first, second, python } = await fillCache(dir, mock);
  const sound = await readCache(dir, "verify");
  assertEquals([sound.code, sound.stderr], [0, ""]);
  assertStringIncludes(sound.stdout, "6 samples valid, 0 invalid");
  await Deno.copyFile(fileOf(first, 2), fileOf(second, 2));
  await Deno.copyFile(fileOf(first, 0), fileOf(second, 7));
  await Deno.copyFile(fileOf(second, 0), fileOf(first, 6));
  const digest = "0123456789abcdef";
  const other = join(first.cacheDir!, `seed_00001-${digest}.json`);
  await Deno.copyFile(fileOf(first, 1), other);
  await Deno.writeTextFile(fileOf(first, 2), "{");
  const pipe = join(python, "seed_00009.json");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  await Deno.symlink("/", join(dir.path, "elsewhere"));
  const misplaced = join(dir.path, "m", "t0.7_p0.95_tok4096", "abc", "abcdef");
  await copy(python, misplaced);
  const withTopK = join(dir.path, "m", "t0.7_p0.95_tok4096_tk40");
  await copy(python, join(withTopK, ...python.split("/").slice(-2)));
  const prefix = join(first.cacheDir!, "../../fff", first.cacheDir!.slice(-64));
  await copy(first.cacheDir!, prefix);
  const staleFile = join(dir.path, ".owner-gone");
  await Deno.writeTextFile(staleFile, "");
  const { code, stdout } = await readCache(dir, "verify", "--json");
  assertEquals(code, 1);
  const { sound: count, faults, stale } = JSON.parse(stdout);
  // The second Python file may have been sampled with a top_k.
  assertEquals([count, stale], [6, [staleFile]]);
  const reasons = new Map<string, string>(
    faults.map(({ path, reason }: { path: string; reason: string }) => [
      path,
      reason,
    ]),
  );
  const found = (path: string) => reasons.get(path) ?? "none";
  assertEquals(found(fileOf(first, 2)), "it is not a JSON object");
  assertEquals(found(fileOf(second, 7)), "its seed is 0");
  assertEquals(found(fileOf(first, 6)), "its seed is 0");
  assertEquals(found(other), "its name is that of another request");
  assertEquals(found(pipe), "it is not a file");
  const belongs = "it belongs to qwen-qwen3-30b-a3b/";
  assertStringIncludes(found(fileOf(second, 2)), belongs);
  assertStringIncludes(found(join(prefix, "seed_00000.json")), belongs);
  assertStringIncludes(
    found(join(misplaced, "seed_00004.json")),
    `it belongs to m/t0.7_p0.95_tok4096/${python.split("/").at(-2)}/`,
  );
});

Deno.test("rollouts cache stats and export omit misplaced files", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { first, second } = await fillCache(dir, mock);
  await Deno.copyFile(fileOf(second, 0), fileOf(first, 5));
  const { stdout } = await readCache(dir, "stats", "--json");
  const { models, total } = JSON.parse(stdout);
  const { samples, unusable, costUsd } = models["qwen/qwq-32b"];
  assertEquals(
    [samples, unusable, costUsd],
    [2, 1, second.getTotalCost()],
  );
  assertEquals([total.prompts, total.samples, total.unusable], [3, 6, 1]);
  const file = fileOf(first, 5);
  const exported = await readCache(dir, "export", "-o", "-");
  assertEquals(exported.code, 1);
  assertEquals(exported.stdout.trim().split("\n").length, 6);
  assertStringIncludes(exported.stderr, `${file}: its seed is 0`);
});

Deno.test("rollouts cache commands treat a missing cache directory as empty", async () => {
  await using dir = new TempDir();
  const csv = await readCache(dir, "export", "-o", "-", "--format", "csv");
  assertEquals([csv.code, csv.stderr], [0, ""]);
  assertEquals(csv.stdout.trim().split("\n").length, 1);
  assert(
    csv.stdout.startsWith("key,model,prompt,messages,parameters,answer,seed"),
  );
  const { stdout } = await readCache(dir, "verify");
  assertStringIncludes(stdout, "0 samples valid, 0 invalid");
});

Deno.test("rollouts cache ls prints a long table as one aligned table", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const prompts = Array.from({ length: 600 }, (_, i) => `${i}: 問題 🥧`);
  for await (const _ of client.generateMany(prompts));
  const { stdout } = await readCache(dir, "ls");
  const [head = "", ...rows] = stdout.trimEnd().split("\n");
  assertEquals(rows.length, 600);
  const at = head.indexOf("PROMPT");
  const shown = rows.map((row) => row.slice(at));
  assertEquals(shown.toSorted(), prompts.toSorted());
});

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (isFile) await Deno.copyFile(join(from, name), join(to, name));
  }
}

Deno.test("rollouts cache ls and verify need only permission to read the cache", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await fillCache(dir, mock);
  for (const command of ["ls", "verify"]) {
    const { code, stderr } = await finished(startScript("src/cli/main.ts", {
      permissions: [`--allow-read=${dir.path}`],
    }, ["cache", command, "--cache-dir", dir.path]));
    assertEquals([code, stderr], [0, ""]);
  }
});
