import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import type { GenerateOptions } from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import {
  finished,
  ROOT,
  startScript,
  USUAL_PERMISSIONS,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.explainMiss() reports that a sample is cached", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { nSamples: 2 });
  assert(client.explainMiss(PROMPT, { seed: 1 }).isCached);
});

Deno.test("RolloutsClient.explainMiss() finds a sample whose file name another request uses", async () => {
  const models = ["x/y:free", "x/yfree"];
  await using mock = await MockOpenRouter.start({
    models: models.map((id) => ({ ...MOCK_MODELS[0]!, id })),
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  for (const model of models) await client.generate(PROMPT, { model });
  const paths = models.map((model) => {
    const { isCached, path } = client.explainMiss(PROMPT, { model });
    assert(isCached);
    return path;
  });
  assertEquals(new Set(paths).size, 2);
  const [model] = models;
  const { isCached, reason } = client.explainMiss(PROMPT, { model, seed: 1 });
  assert(!isCached, reason);
});

Deno.test("RolloutsClient.explainMiss() also compares with entries that Python wrote", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const file = join(cacheDir!, "seed_00000.json");
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, text.replace("{", '{\n  "score": NaN,'));
  const { nearest } = client.explainMiss(PROMPT, { temperature: 0.8 });
  assertEquals(nearest?.differences.map(({ field }) => field), ["temperature"]);
});

Deno.test("RolloutsClient.explainMiss() names the fields in which the nearest entry differs", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT);
  await client.generate(PROMPT, { temperature: 1, topP: 0.5, minP: 0.1 });
  const cases: [GenerateOptions, string, unknown, unknown][] = [
    [{ seed: 5 }, "seed", 0, 5],
    [{ temperature: 0.8 }, "temperature", 0.7, 0.8],
    [{ topK: 40 }, "top_k", undefined, 40],
    [{ stop: "x" }, "stop", undefined, "x"],
    [{ reasoning: { effort: "low" } }, "reasoning", undefined, {
      effort: "low",
    }],
    [{ extraBody: { verbosity: "low" } }, "verbosity", undefined, "low"],
    [
      { model: "qwen/qwen3-32b" },
      "model",
      "qwen/qwen3-30b-a3b",
      "qwen/qwen3-32b",
    ],
    [
      { baseUrl: "http://127.0.0.1:1/v1" },
      "endpoint",
      `${mock.baseUrl}/chat/completions`,
      "http://127.0.0.1:1/v1/chat/completions",
    ],
    [
      { baseUrl: "https://openrouter.ai/api/v1" },
      "endpoint",
      `${mock.baseUrl}/chat/completions`,
      "https://openrouter.ai/api/v1/chat/completions",
    ],
  ];
  for (const [options, field, cached, requested] of cases) {
    const { isCached, nearest, reason } = client.explainMiss(PROMPT, options);
    assertEquals(isCached, false);
    assertEquals(nearest?.differences, [{ field, cached, requested }]);
    assertStringIncludes(reason, field);
  }
  const two = client.explainMiss(PROMPT, { temperature: 1, minP: 0.1 });
  assertEquals(two.nearest?.differences.map(({ field }) => field), ["top_p"]);
});

Deno.test("RolloutsClient.explainMiss() finds the prompt with the longest common prefix", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  for (const prompt of ["What is 7?", "What is 5*1?", "Who"]) {
    await client.generate(prompt);
  }
  const { nearest } = client.explainMiss(PROMPT);
  assertEquals(nearest?.differences, [
    { field: "prompt", cached: "What is 5*1?", requested: PROMPT },
  ]);
});

Deno.test("RolloutsClient.explainMiss() reports a corrupt file, an error, and another request's file", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const { cacheDir } = await client.generate(PROMPT);
  const file = join(cacheDir!, "seed_00000.json");
  const entry = JSON.parse(Deno.readTextFileSync(file));
  const failed = { ...entry.response, finish_reason: "error" };
  const cases: [string, string][] = [
    ["{", "corrupt"],
    [JSON.stringify({ ...entry, response: failed }), "wrote an error"],
    [JSON.stringify({ ...entry, model: "other" }), "another request"],
  ];
  for (const [text, reason] of cases) {
    Deno.writeTextFileSync(file, text);
    const explanation = client.explainMiss(PROMPT);
    assertEquals([explanation.isCached, explanation.path], [false, file]);
    assertStringIncludes(explanation.reason, reason);
  }
  assertEquals(Deno.readTextFileSync(file), cases.at(-1)![0]);
});

Deno.test("verbose logs sent and cached samples, and why one is not cached, without the key", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ attempt }) =>
      attempt === 1 ? { type: "status", status: 503, retryAfter: 0 } : null,
  });
  await using dir = new TempDir();
  const options = JSON.stringify({
    model: "qwen/qwen3-30b-a3b",
    baseUrl: mock.baseUrl,
    cacheDir: join(dir.path, "cache"),
    verbose: true,
  });
  const file = join(dir.path, "script.ts");
  await Deno.writeTextFile(
    file,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient(${options});
await client.generate("${PROMPT}");
await client.generate("${PROMPT}", { temperature: 0.1 });`,
  );
  const { code, stderr, stdout } = await finished(startScript(file, {
    permissions: USUAL_PERMISSIONS,
    env: {
      OPENROUTER_API_KEY: "sk-very-secret",
      OPENROUTER_BASE_URL: mock.baseUrl,
    },
  }));
  assertEquals([code, stdout], [0, ""]);
  for (
    const part of [
      "0 of 1 sample cached",
      "the cache has no entry with its prompt",
      "differs in temperature (cached 0.7, requested 0.1)",
      '"top_p":0.95',
      "answered 503",
      "up to 64 requests in flight",
    ]
  ) {
    assertStringIncludes(stderr, part);
  }
  assertEquals(stderr.includes("secret"), false);
});
