import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { join } from "@std/path/join";
import {
  ApiError,
  CacheError,
  CacheMissError,
  type GenerateOptions,
  type Progress,
  RequestTimeoutError,
  Response,
  ResponseError,
  RolloutsClient,
  RolloutsError,
} from "../../mod.ts";
import { MOCK_MODELS, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.generate() samples the seeds from 0 in order, each its own answer", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { nSamples: 8 });
  assertEquals(rollouts.responses.map(({ seed }) => seed), [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
  ]);
  assertEquals(new Set(rollouts.getTexts()).size, 8);
  for (const response of rollouts) {
    assert(response.reasoning !== null);
    assertStringIncludes(response.content, "50");
    assertEquals(
      response.full,
      `${response.reasoning}</think>${response.content}`,
    );
    assertEquals(response.attempts, 1);
    assert(response.usage.cost !== null && response.usage.cost > 0);
  }
});

Deno.test("RolloutsClient.generate() writes each sample as a file of its own, and reads it the second time", async () => {
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
    [...second],
    [...first].map((response) =>
      new Response(response, { ...response, cached: true })
    ),
  );
});

Deno.test("RolloutsClient.generate() requests only what is missing when nSamples grows", async () => {
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

Deno.test("RolloutsClient.generate() begins at the seed that is given", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { seed: 7, nSamples: 2 });
  assertEquals(rollouts.responses.map(({ seed }) => seed), [7, 8]);
  assertEquals([...mock.seeds.keys()].sort(), [7, 8]);
});

Deno.test("RolloutsClient.generate() lets the model go on from the thought that the prompt begins", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const rollouts = await client.generate("What is 5*10?\n<think>\n5*1", {
    nSamples: 4,
  });
  for (const { reasoning } of rollouts) assertMatch(reasoning ?? "", /^0/);
});

Deno.test("RolloutsClient.generate() gives null for the reasoning of a model that shows none", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    model: "meta-llama/llama-3.1-8b-instruct",
  });
  const response = (await client.generate(PROMPT)).at(0);
  assertEquals(response?.reasoning, null);
  assertEquals(response?.full, response?.content);
});

Deno.test("RolloutsClient.generate() says that the reasoning did not end when maxTokens cuts it", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { maxTokens: 5 });
  const response = (await client.generate(PROMPT)).at(0);
  assertEquals(response?.finishReason, "length");
  assertEquals(response?.completedReasoning, false);
  assertEquals(response?.content, "");
  assertEquals(response?.full, response?.reasoning ?? "");
});

Deno.test("RolloutsClient.generate() tries again what fails, and counts the attempts", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed, attempt }) =>
      attempt <= (seed ?? 0) ? { type: "status", status: 503 } : null,
  });
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { nSamples: 3 });
  assertEquals(rollouts.responses.map(({ attempts }) => attempts), [1, 2, 3]);
});

Deno.test("RolloutsClient.generate() gives what it has in order, and a typed error for each seed that failed for good", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) =>
      [3, 41, 99].includes(seed ?? -1) ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const rollouts = await client.generate(PROMPT, { nSamples: 100 });
  assertEquals(rollouts.length, 97);
  assertEquals(rollouts.numResponses, 100);
  const seeds = rollouts.responses.map(({ seed }) => seed);
  assertEquals(seeds, [...seeds].sort((a, b) => a - b));
  assertEquals([...rollouts.errors.keys()], [3, 41, 99]);
  for (const error of rollouts.errors.values()) {
    assertInstanceOf(error, ApiError);
    assertEquals([error.status, error.retryable], [400, false]);
  }
});

Deno.test("RolloutsClient.generate() rejects for a key that is not accepted, after one request a slot", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    apiKey: "sk-or-v1-invalid",
    maxConcurrency: 2,
  });
  const error = await assertRejects(
    () => client.generate(PROMPT, { nSamples: 50 }),
    ApiError,
    "401",
  );
  assertEquals(error.status, 401);
  assertEquals(error.message.includes("sk-or-v1-invalid"), false);
  assert(mock.requests.length <= 2);
});

Deno.test("RolloutsClient.generate() rejects when no key is known", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = new RolloutsClient({
    model: MODEL,
    baseUrl: mock.baseUrl,
    useCache: false,
  });
  await assertRejects(
    () => client.generate(PROMPT),
    RolloutsError,
    "OPENROUTER_API_KEY",
  );
});

Deno.test("RolloutsClient.generate() rejects with the signal's reason when it is aborted, and keeps what was there", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => (seed ?? 0) < 5 ? 0 : 60_000,
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  const controller = new AbortController();
  const onProgress = ({ done }: Progress) => {
    if (done === 5) controller.abort(new Error("enough"));
  };
  await assertRejects(
    () =>
      client.generate(PROMPT, {
        nSamples: 20,
        signal: controller.signal,
        onProgress,
      }),
    Error,
    "enough",
  );
  const cached = await client.generate(PROMPT, {
    nSamples: 20,
    cacheOnly: true,
  });
  assertEquals(cached.length, 5);
  for (const error of cached.errors.values()) {
    assertInstanceOf(error, CacheMissError);
  }
});

Deno.test("RolloutsClient.generate() ends an attempt at timeoutMs, in the middle of white space too", async () => {
  await using mock = await MockOpenRouter.start({
    keepAlive: 5,
    latencyMs: 60_000,
  });
  await using client = mockClient(mock, { timeoutMs: 50, maxRetries: 0 });
  const { errors } = await client.generate(PROMPT);
  assertInstanceOf(errors.get(0), RequestTimeoutError);
});

Deno.test("RolloutsClient.generate() takes no broken answer for a sample", async () => {
  for (
    const type of [
      "truncated_body",
      "html_body",
      "whitespace_only",
      "empty_choices",
      "error_in_200",
      "choice_error",
      "connection_reset",
    ] as const
  ) {
    await using mock = await MockOpenRouter.start({
      faults: ({ attempt }) => attempt === 1 ? { type } : null,
    });
    await using client = mockClient(mock);
    const response = (await client.generate(PROMPT)).at(0);
    assertEquals(response?.attempts, 2, type);
  }
});

Deno.test("RolloutsClient.generate() requests a sample once when two calls ask for it at the same time", async () => {
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

Deno.test("RolloutsClient.generate() never gives one endpoint's answers for another's", async () => {
  await using one = await MockOpenRouter.start();
  await using two = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(one, { cacheDir: dir.path });
  const first = await client.generate(PROMPT);
  const second = await client.generate(PROMPT, { baseUrl: two.baseUrl });
  assertNotEquals(first.cacheDir, second.cacheDir);
  assertEquals(two.started, 1);
});

Deno.test("RolloutsClient.generate() never shares an answer between calls that differ in anything that is sent", async () => {
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

Deno.test("RolloutsClient.generate() sets a corrupt file aside and requests the sample again", async () => {
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

Deno.test("RolloutsClient.generate() neither gives nor overwrites a file that belongs to another request", async () => {
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

Deno.test("RolloutsClient.generate() keeps the samples of two models whose names share a directory apart", async () => {
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

Deno.test("RolloutsClient.generate() rejects before anything is paid when the cache directory cannot be read", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  Deno.writeTextFileSync(join(dir.path, MODEL.replace("/", "-")), "");
  await assertRejects(() => client.generate(PROMPT), CacheError, "cannot list");
  assertEquals(mock.started, 0);
});

Deno.test("RolloutsClient.generate() gives the sample when it cannot be written", async () => {
  await using dir = new TempDir();
  await using mock = await MockOpenRouter.start({
    latencyMs: () => {
      const inPlaceOfDirectory = join(dir.path, MODEL.replace("/", "-"));
      Deno.writeTextFileSync(inPlaceOfDirectory, "");
      return 0;
    },
  });
  await using client = mockClient(mock, { cacheDir: dir.path });
  const rollouts = await client.generate(PROMPT, { nSamples: 2 });
  assertEquals([rollouts.length, rollouts.errors.size], [2, 0]);
});

Deno.test("RolloutsClient.generate() tells its progress, cached samples included", async () => {
  await using mock = await MockOpenRouter.start({
    faults: ({ seed }) => seed === 4 ? { type: "status", status: 400 } : null,
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT, { nSamples: 2 });
  const told: Progress[] = [];
  await client.generate(PROMPT, {
    nSamples: 5,
    onProgress: (progress) => told.push(progress),
  });
  assertEquals(told.map(({ done, failed }) => done + failed), [2, 3, 4, 5]);
  const last = told.at(-1)!;
  assertEquals([last.total, last.done, last.cached, last.failed], [5, 4, 2, 1]);
  assert(last.costUsd > 0);
});

Deno.test("RolloutsClient.generate() starts no more requests in flight than maxConcurrency", async () => {
  await using mock = await MockOpenRouter.start({ latencyMs: 5 });
  await using client = mockClient(mock, { maxConcurrency: 7 });
  await client.generate(PROMPT, { nSamples: 60 });
  assertEquals(mock.maxInFlight, 7);
});

Deno.test("RolloutsClient never shows its key", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  const apiKey = "sk-or-very-secret";
  await using client = mockClient(mock, { cacheDir: dir.path, apiKey });
  const rollouts = await client.generate(PROMPT, { nSamples: 2 });
  const shown = [
    Deno.inspect(client, { depth: 20, showHidden: true }),
    Deno.inspect(rollouts, { depth: 20, showHidden: true }),
    JSON.stringify(rollouts),
    ...[...walkSync(dir.path, { includeDirs: false })].map(({ path }) =>
      Deno.readTextFileSync(path)
    ),
  ];
  for (const text of shown) assertEquals(text.includes(apiKey), false);
});

Deno.test("RolloutsClient.close() makes requests under way fail, and cached samples stay readable", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ seed }) => seed === 0 ? 0 : 60_000,
  });
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path });
  await client.generate(PROMPT);
  const running = client.generate(PROMPT, {
    nSamples: 3,
    onProgress: ({ inFlight }) => inFlight,
  });
  client.close();
  await assertRejects(() => running, RolloutsError, "closed");
  assertEquals((await client.generate(PROMPT)).at(0)?.cached, true);
});

Deno.test("RolloutsClient.generate() gives broken answers as errors when attempts are used up", async () => {
  await using mock = await MockOpenRouter.start({
    faults: () => ({ type: "whitespace_only" }),
  });
  await using client = mockClient(mock, { maxRetries: 1 });
  const { errors } = await client.generate(PROMPT);
  assertInstanceOf(errors.get(0), ResponseError);
  assertEquals(mock.started, 2);
});
