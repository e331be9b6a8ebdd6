import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { CacheError, type GenerateOptions } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "Why is “5 × 10” fifty — and not fifteen?";

/** Warnings about files of another request and corrupt ones have tests of their own. */
const QUIET = { logLevel: "off" } as const;

Deno.test("RolloutsClient.plan() counts the samples that generate() would find", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { seed: 2, nSamples: 4 });
  const cases: readonly (readonly [GenerateOptions, number])[] = [
    [{ nSamples: 10 }, 4],
    [{ nSamples: 4 }, 2],
    [{ seed: 3, nSamples: 2 }, 2],
    [{ seed: 6, nSamples: 3 }, 0],
    [{ seed: 2, nSamples: 4, temperature: 1 }, 0],
    [{ seed: 2, nSamples: 4, useCache: false }, 0],
  ];
  for (const [options, cached] of cases) {
    const plan = await client.plan(PROMPT, options);
    const missing = options.nSamples! - cached;
    assertEquals([plan.cached, plan.missing], [cached, missing]);
  }
  assertEquals(mock.started, 4);
});

Deno.test("RolloutsClient.plan() tells two models apart when they share a directory", async () => {
  const models = ["deepseek/deepseek-r1:free", "deepseek/deepseek-r1free"];
  await using mock = await MockOpenRouter.start({
    models: models.map((id, index) => ({ ...MOCK_MODELS[index]!, id })),
  });
  const [first, second] = models.map((model) => ({ model, nSamples: 6 }));
  const cached = async (options: readonly GenerateOptions[]) => {
    await using dir = new TempDir();
    await using client = mockClient(mock, { ...QUIET, cacheDir: dir.path });
    for (const call of options) await client.generate(PROMPT, call);
    const plans = [first, second].map((call) => client.plan(PROMPT, call));
    return (await Promise.all(plans)).map(({ cached }) => cached);
  };
  assertEquals(await cached([first!]), [6, 0]);
  // Neither has a second name.
  const half = [{ ...first, nSamples: 3 }, { ...second, seed: 3, nSamples: 3 }];
  assertEquals(await cached(half), [3, 3]);
  assertEquals(await cached([first!, { ...second, nSamples: 2 }]), [6, 2]);
});

Deno.test("RolloutsClient.plan() reads the first and the last file and trusts the names of the others", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { ...QUIET, cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT, { nSamples: 5 });
  const damage = (seed: number) =>
    Deno.writeTextFileSync(join(cacheDir!, `seed_0000${seed}.json`), "{");
  const cached = async (options: GenerateOptions) =>
    (await client.plan(PROMPT, { nSamples: 5, ...options })).cached;
  damage(2);
  assertEquals(await cached({}), 5);
  assertEquals(await cached({ seed: 2 }), 2);
  damage(0);
  assertEquals(await cached({}), 3);
});

Deno.test("RolloutsClient.plan() rejects when a directory has the name of a sample", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  Deno.mkdirSync(join(cacheDir!, "seed_00001.json"));
  await assertRejects(
    () => client.plan(PROMPT, { nSamples: 3 }),
    CacheError,
    "is not a file",
  );
});

Deno.test("RolloutsClient.plan() counts samples without the prices, and says why the cost is unknown", async () => {
  await using dir = new TempDir();
  const mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { nSamples: 2 });
  const unknown = await client.plan(PROMPT, { nSamples: 3, model: "x/y" });
  assertEquals(
    unknown.unboundedBy,
    `${mock.baseUrl}/models lists no model x/y with a price`,
  );
  await mock[Symbol.asyncDispose]();
  await using offline = mockClient(mock, { cacheDir: dir.path });
  const plan = await offline.plan(PROMPT, { nSamples: 5 });
  assertEquals([plan.cached, plan.missing, plan.maxCostUsd], [2, 3, null]);
  assertStringIncludes(plan.unboundedBy!, `no answer from ${mock.baseUrl}`);
});
