import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { CacheError, CacheReader } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { recordedLogger } from "../support/recorded_logger.ts";
import { cliEnv, runCli } from "../support/run_cli.ts";
import { seedFiles } from "../support/seed_files.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

/** Two cache directories. The shared one has seeds 0 to 2 of a prompt, the own one seeds 2 to 4. */
async function fillLayers(dir: TempDir, mock: MockOpenRouter) {
  const [own, shared] = [join(dir.path, "own"), join(dir.path, "shared")];
  await using client = mockClient(mock);
  const options = { useCache: true, nSamples: 3 };
  await client.generate(PROMPT, { ...options, cacheDir: shared });
  await client.generate(PROMPT, { ...options, cacheDir: own, seed: 2 });
  return { own, shared, cacheDir: [own, shared] };
}

const textOf = (path: string) => JSON.parse(Deno.readTextFileSync(path));

Deno.test("generate() reads all cache directories, and writes only the first", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { own, shared, cacheDir } = await fillLayers(dir, mock);
  const before = seedFiles(shared).map(textOf);
  const started = mock.started;
  await using client = mockClient(mock, { cacheDir });
  const plan = await client.plan(PROMPT, { nSamples: 7 });
  assertEquals([plan.cached, plan.missing], [5, 2]);
  const rollouts = await client.generate(PROMPT, { nSamples: 7 });
  assertEquals(mock.started - started, 2);
  assertEquals(
    rollouts.responses.map(({ cached }) => cached),
    [true, true, true, true, true, false, false],
  );
  assertEquals(dirname(seedFiles(own)[0]!), rollouts.cacheDir);
  assertEquals([seedFiles(own).length, seedFiles(shared).length], [5, 3]);
  assertEquals(seedFiles(shared).map(textOf), before);
  // Seed 2 is in both.
  const [sample] = new CacheReader(own).samples(
    [...new CacheReader(own).prompts()][0]!,
  );
  assertEquals(rollouts.at(2)?.responseId, sample?.entry?.response.responseId);
});

Deno.test("generate() rejects before any cost when a shared cache directory does not exist", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const missing = join(dir.path, "missing");
  await using client = mockClient(mock, { cacheDir: [dir.path, missing] });
  const error = await assertRejects(
    () => client.generate(PROMPT),
    CacheError,
    `cannot read the cache directory ${missing}: `,
  );
  assertEquals(error.path, missing);
  assertEquals(mock.started, 0);
});

Deno.test("generate() uses the next cache directory when the file of one is unusable", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { own, shared, cacheDir } = await fillLayers(dir, mock);
  const [place] = seedFiles(own);
  const inOwn = (name: string) => join(dirname(place!), name);
  const inShared = (name: string) => inOwn(name).replace(own, shared);
  await Deno.writeTextFile(inOwn("seed_00002.json"), "{");
  await Deno.writeTextFile(inShared("seed_00001.json"), "{");
  const foreign = { ...textOf(inShared("seed_00000.json")), model: "x" };
  await Deno.writeTextFile(inOwn("seed_00000.json"), JSON.stringify(foreign));
  const messages: string[] = [];
  const logger = recordedLogger(messages);
  await using client = mockClient(mock, { cacheDir, logger });
  const { responses } = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(responses.map(({ cached }) => cached), [true, false, true]);
  assertEquals(Deno.readTextFileSync(inShared("seed_00001.json")), "{");
  assertStringIncludes(messages.join("\n"), `seed_00001.json in ${shared}`);
});

Deno.test("generate() finds a model in a shared directory when another has its name in the first", async () => {
  const models = ["deepseek/deepseek-r1:free", "deepseek/deepseek-r1free"];
  await using mock = await MockOpenRouter.start({
    models: models.map((id, index) => ({ ...MOCK_MODELS[index]!, id })),
  });
  await using dir = new TempDir();
  const [own, shared] = [join(dir.path, "own"), join(dir.path, "shared")];
  await using client = mockClient(mock, { useCache: true, logLevel: "off" });
  const [first, second] = models.map((model) => ({ model, nSamples: 2 }));
  await client.generate(PROMPT, { ...first!, cacheDir: own });
  await client.generate(PROMPT, { ...second!, cacheDir: shared });
  const cacheDir = [own, shared];
  const found = await client.generate(PROMPT, { ...second!, cacheDir });
  assertEquals(found.responses.map(({ cached }) => cached), [true, true]);
  assertEquals(mock.started, 4);
});

Deno.test("explainMiss() finds a sample and the nearest entry in all cache directories", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { own, shared, cacheDir } = await fillLayers(dir, mock);
  await using client = mockClient(mock, { cacheDir });
  const cached = client.explainMiss(PROMPT, { seed: 1 });
  assertEquals(cached.isCached, true);
  assertStringIncludes(cached.path, shared);
  await Deno.remove(own, { recursive: true });
  const miss = client.explainMiss(PROMPT, { temperature: 1 });
  assertEquals(miss.isCached, false);
  assertStringIncludes(miss.path, own);
  assertStringIncludes(miss.nearest?.path ?? "", shared);
  assertEquals(
    miss.nearest?.differences.map(({ field }) => field),
    ["temperature"],
  );
});

Deno.test("CacheReader and the cache commands read all cache directories", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { own, shared, cacheDir } = await fillLayers(dir, mock);
  const cache = new CacheReader(cacheDir);
  const [prompt, ...others] = cache.prompts();
  assertEquals(others, []);
  assertEquals(
    prompt!.files.map(({ seed, cacheDir }) => [seed, cacheDir]),
    [[0, shared], [1, shared], [2, own], [3, own], [4, own]],
  );
  const problems = [...cache.samples(prompt!)].map(({ problem }) => problem);
  assertEquals(problems, Array(5).fill(null));
  assertEquals(
    cache.sample(prompt!.segments, "seed_00001.json")?.cacheDir,
    shared,
  );
  const flags = cacheDir.flatMap((path) => ["--cache-dir", path]);
  const env = { ROLLOUTS_CACHE_DIR: cacheDir.join(":") };
  const count = async (command: string, field: string) => {
    const args = ["cache", command, "--json"];
    const given = JSON.parse((await runCli([...args, ...flags])).stdout);
    const configured = JSON.parse((await runCli(args, env)).stdout);
    assertEquals(configured, given);
    return [given].flat()[0][field];
  };
  assertEquals(await count("ls", "samples"), 5);
  assertEquals((await count("stats", "total")).samples, 5);
  assertEquals(await count("verify", "sound"), 5);
  const rows = await runCli(
    ["cache", "export", "--format", "jsonl", "-o", "-", ...flags],
  );
  assertEquals(rows.stdout.trim().split("\n").length, 5);
});

Deno.test("rollouts cache prune changes only the first cache directory, and cache slice reads all", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const { own, shared, cacheDir } = await fillLayers(dir, mock);
  const flags = cacheDir.flatMap((path) => ["--cache-dir", path]);
  const data = join(dir.path, "prompts.jsonl");
  await Deno.writeTextFile(data, JSON.stringify({ prompt: PROMPT }));
  const to = join(dir.path, "slice");
  const slice = await runCli(
    ["cache", "slice", data, "-m", MODEL, "-n", "5", "-o", to, ...flags],
    cliEnv(mock),
  );
  // The mock's address is part of the cache key.
  assertEquals([slice.code, seedFiles(to).length], [0, 5], slice.stderr);
  await runCli(["cache", "prune", "-m", MODEL, "--yes", ...flags]);
  assertEquals([seedFiles(own).length, seedFiles(shared).length], [0, 3]);
});
