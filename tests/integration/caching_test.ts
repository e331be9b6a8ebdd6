import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import { CacheError, type GenerateOptions } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.generate() returns samples in the order of their seeds, whichever are cached", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate("What is 5*10?", { seed: 3, nSamples: 2 });
  const rollouts = await client.generate("What is 5*10?", { nSamples: 6 });
  assertEquals(rollouts.responses.map(({ seed, cached }) => [seed, cached]), [
    [0, false],
    [1, false],
    [2, false],
    [3, true],
    [4, true],
    [5, false],
  ]);
});

Deno.test("RolloutsClient.generate() lets other tasks run while it reads many samples", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const text = Deno.readTextFileSync(join(cacheDir!, "seed_00000.json"));
  const nSamples = 2_000;
  for (let seed = 1; seed < nSamples; seed++) {
    Deno.writeTextFileSync(
      join(cacheDir!, `seed_${`${seed}`.padStart(5, "0")}.json`),
      text.replaceAll(/("seed": ?)0/g, `$1${seed}`),
    );
  }
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(new Error("enough")), 0);
  const options = { nSamples, cacheOnly: true };
  await assertRejects(
    () => client.generate(PROMPT, { ...options, signal }),
    Error,
    "enough",
  );
  clearTimeout(timer);
  const { responses } = await client.generate(PROMPT, options);
  assertEquals(
    responses.map(({ seed }) => seed),
    Array.from({ length: nSamples }, (_, seed) => seed),
  );
});

Deno.test("RolloutsClient.generate() writes each sample to its own file, and reads it the second time", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const first = await client.generate(PROMPT, { nSamples: 3 });
  const files = [...walkSync(dir.path, { includeDirs: false })]
    .map(({ name }) => name).sort();
  assertEquals(files, [
    "seed_00000.json",
    "seed_00001.json",
    "seed_00002.json",
  ]);
  const second = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(mock.started, 3);
  assertEquals(
    [...second].map((response) => ({ ...response })),
    [...first].map((response) => ({ ...response, cached: true })),
  );
});

Deno.test("RolloutsClient.generate() requests only missing samples when nSamples grows", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { nSamples: 2 });
  const rollouts = await client.generate(PROMPT, { nSamples: 5 });
  assertEquals(mock.started, 5);
  assertEquals(rollouts.responses.map(({ cached }) => cached), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("RolloutsClient.generate() requests a sample once when two calls need it at the same time", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 20 });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const [a, b] = await Promise.all([
    client.generate(PROMPT, { nSamples: 4 }),
    client.generate(PROMPT, { nSamples: 6 }),
  ]);
  assertEquals(mock.started, 6);
  assertEquals(a.getTexts(), b.getTexts().slice(0, 4));
});

Deno.test("RolloutsClient.generate() never returns one endpoint's answers for another's", async () => {
  await using one = await MockOpenRouter.start();
  await using two = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(one, { cacheDir: dir.path });
  const first = await client.generate(PROMPT);
  const second = await client.generate(PROMPT, {
    baseUrl: two.baseUrl,
    apiKey: "sk-two",
  });
  assertNotEquals(first.cacheDir, second.cacheDir);
  assertEquals(two.started, 1);
});

Deno.test("RolloutsClient.generate() never shares an answer between different requests", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const calls: GenerateOptions[] = [
    {},
    { reasoning: { effort: "low" } },
    { stop: "x" },
    { minP: 0.1 },
    { responseFormat: { type: "json_object" } },
    { extraBody: { verbosity: "low" } },
    { extraBody: { verbosity: "high" } },
    { topK: 40 },
  ];
  for (const options of [...calls, ...calls]) {
    await client.generate(PROMPT, options);
  }
  assertEquals(mock.started, calls.length);
});

Deno.test("RolloutsClient.generate() quarantines a corrupt file and requests the sample again", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT, { nSamples: 2 });
  Deno.writeTextFileSync(join(cacheDir!, "seed_00001.json"), '{"seed": 1');
  const again = await client.generate(PROMPT, { nSamples: 2 });
  assertEquals(again.responses.map(({ cached }) => cached), [true, false]);
  const names = [...Deno.readDirSync(cacheDir!)].map(({ name }) => name);
  assertEquals(names.filter((name) => name.includes("corrupt")).length, 1);
});

Deno.test("RolloutsClient.generate() neither returns nor overwrites a file of another request", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const file = join(cacheDir!, "seed_00000.json");
  const entry = JSON.parse(Deno.readTextFileSync(file));
  const foreign = JSON.stringify({ ...entry, model: "other/model" });
  Deno.writeTextFileSync(file, foreign);
  const again = await client.generate(PROMPT);
  assertEquals(again.at(0)?.cached, false);
  assertEquals(Deno.readTextFileSync(file), foreign);
  const third = await client.generate(PROMPT);
  assertEquals(third.at(0)?.cached, true);
  assertEquals(mock.started, 2);
});

Deno.test("RolloutsClient.generate() separates the samples of two models that share a directory", async () => {
  const [first, second] = MOCK_MODELS;
  await using mock = await MockOpenRouter.start({
    models: [
      { ...first!, id: "deepseek/deepseek-r1:free" },
      { ...second!, id: "deepseek/deepseek-r1free" },
    ],
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const models = ["deepseek/deepseek-r1:free", "deepseek/deepseek-r1free"];
  const texts = new Set<string>();
  for (const model of [...models, ...models]) {
    const rollouts = await client.generate(PROMPT, { model, nSamples: 2 });
    rollouts.getTexts().forEach((text) => texts.add(text));
  }
  assertEquals(mock.started, 4);
  assertEquals(texts.size, 4);
});

Deno.test("RolloutsClient.generate() rejects before any cost when the cache directory is unreadable", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  Deno.writeTextFileSync(join(dir.path, MODEL.replace("/", "-")), "");
  await assertRejects(() => client.generate(PROMPT), CacheError, "cannot list");
  assertEquals(mock.started, 0);
});

Deno.test("RolloutsClient.generate() names the cache directory alone when it cannot be used", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const file = join(dir.path, "file");
  await Deno.writeTextFile(file, "");
  for (const cacheDir of [file, join(file, "cache")]) {
    await using client = mockClient(mock, { cacheDir });
    const error = await assertRejects(
      () => client.generate(PROMPT),
      CacheError,
      `cannot read the cache directory ${cacheDir}: `,
    );
    assertMatch(error.message, /; set cacheDir to another directory$/);
    assertEquals(error.path, cacheDir);
    assertInstanceOf(error.cause, Error);
  }
  assertEquals(mock.started, 0);
});

/** A mock that puts a file in place of the cache's directory while it answers seed 2. */
function spoiler(dir: TempDir): Promise<MockOpenRouter> {
  return MockOpenRouter.start({
    latencyMs: ({ seed }) => {
      if (seed === 2) {
        const model = join(dir.path, MODEL.replace("/", "-"));
        Deno.removeSync(model, { recursive: true });
        Deno.writeTextFileSync(model, "");
      }
      return 0;
    },
  });
}

Deno.test("RolloutsClient.generate() stops and returns its samples when one cannot be written", async () => {
  await using dir = new TempDir();
  await using mock = await spoiler(dir);
  await using client = mockClient(mock, { cacheDir: dir.path });
  const options = { nSamples: 20, maxConcurrency: 1 };
  const { responses, errors } = await client.generate(PROMPT, options);
  assertEquals(responses.map(({ seed }) => seed), [0, 1, 2]);
  assertEquals(errors.size, 17);
  for (const error of errors.values()) assertInstanceOf(error, CacheError);
  assertEquals(mock.started, 3);
});

Deno.test("RolloutsClient.generate() continues when a write fails and onCacheError is continue", async () => {
  await using dir = new TempDir();
  await using mock = await spoiler(dir);
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { length, errors } = await client.generate(PROMPT, {
    nSamples: 20,
    maxConcurrency: 1,
    onCacheError: "continue",
  });
  assertEquals([length, errors.size], [20, 0]);
});

Deno.test("RolloutsClient.generate() shares no request in flight between models with the same directory", async () => {
  const [first, second] = MOCK_MODELS;
  const models = ["x/y:free", "x/yfree"];
  await using mock = await MockOpenRouter.start({
    latencyMs: 20,
    models: [{ ...first!, id: models[0]! }, { ...second!, id: models[1]! }],
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const results = await Promise.all(
    models.map((model) => client.generate(PROMPT, { model })),
  );
  assertEquals(mock.started, 2);
  const served = results.map((rollouts) => rollouts.at(0)!.raw?.model);
  assertEquals(served, [first!.canonicalSlug, second!.canonicalSlug]);
});

Deno.test("RolloutsClient.generate() sends no request when a sample's path is not a file", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const pipe = join(cacheDir!, "seed_00002.json");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  Deno.mkdirSync(join(cacheDir!, "seed_00001.json"));
  for (const seed of [1, 2]) {
    await assertRejects(
      () => client.generate(PROMPT, { seed }),
      CacheError,
      `seed_0000${seed}.json is not a file`,
    );
  }
  assertEquals(mock.started, 1);
});

Deno.test("RolloutsClient.generate() finds a file under its second name when the first becomes free", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const first = join(cacheDir!, "seed_00000.json");
  const entry = JSON.parse(Deno.readTextFileSync(first));
  Deno.writeTextFileSync(first, JSON.stringify({ ...entry, model: "other" }));
  await client.generate(PROMPT);
  Deno.removeSync(first);
  assertEquals((await client.generate(PROMPT)).at(0)?.cached, true);
  const [second] = [...Deno.readDirSync(cacheDir!)].map(({ name }) => name);
  const newer = JSON.stringify({ ...entry, version: 99 });
  Deno.writeTextFileSync(first, newer);
  Deno.writeTextFileSync(join(cacheDir!, second!), newer);
  await assertRejects(() => client.generate(PROMPT), CacheError, second);
  assertEquals(Deno.readTextFileSync(join(cacheDir!, second!)), newer);
  assertEquals(mock.started, 2);
});
