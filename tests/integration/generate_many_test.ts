import { assert, assertEquals, assertRejects } from "@std/assert";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("RolloutsClient.generateMany() yields samples in prompt order, with options per prompt", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ index }) => (7 * index) % 30,
  });
  await using client = mockClient(mock);
  const prompts = [
    "What is 1+1?",
    { prompt: "What is 2+2?", nSamples: 3, temperature: 1.5 },
    [{ role: "user", content: "What is 3+3?" }] as const,
    { prompt: "What is 4+4?", nSamples: undefined },
  ];
  const all = [];
  for await (const rollouts of client.generateMany(prompts, { nSamples: 2 })) {
    all.push(rollouts);
  }
  assertEquals(all.map(({ length }) => length), [2, 3, 2, 2]);
  assertEquals(all.map(({ temperature }) => temperature), [0.7, 1.5, 0.7, 0.7]);
  assertEquals(all.map((rollouts) => rollouts.at(0)?.content.slice(0, 7)), [
    "1+1 = 2",
    "2+2 = 4",
    "3+3 = 6",
    "4+4 = 8",
  ]);
});

Deno.test("RolloutsClient.generateMany() takes only the prompts that it needs from its source", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  let taken = 0;
  function* prompts() {
    for (;;) yield `Prompt number ${taken++}`;
  }
  let seen = 0;
  for await (
    const rollouts of client.generateMany(prompts(), { nSamples: 100 })
  ) {
    assertEquals(rollouts.length, 100);
    assert(taken <= seen + 12, `${taken} taken, ${seen} seen`);
    if (++seen === 20) break;
  }
});

Deno.test("RolloutsClient.generateMany() ends its requests when the loop is left", async () => {
  await using mock = await MockOpenRouter.start({
    latencyMs: ({ body }) =>
      JSON.stringify(body).includes("first") ? 0 : 60_000,
  });
  await using client = mockClient(mock);
  for await (const _ of client.generateMany(["first", "second", "third"])) {
    break;
  }
  // A new call is answered, so its place is free again.
  await client.generate("first", { maxConcurrency: 1 });
});

Deno.test("RolloutsClient.generateMany() throws when it reaches an invalid prompt", async () => {
  await using mock = await MockOpenRouter.start();
  await using dir = new TempDir();
  await using client = mockClient(mock, { cacheDir: dir.path, model: MODEL });
  const seen: unknown[] = [];
  await assertRejects(
    async () => {
      const prompts = ["one", { prompt: "two", temperature: 9 }, "three"];
      for await (const { prompt } of client.generateMany(prompts)) {
        seen.push(prompt);
      }
    },
    RangeError,
    "temperature must be a number from 0 to 2, got 9",
  );
  assertEquals(seen, ["one"]);
});

Deno.test("RolloutsClient.generateMany() accepts an async iterable of prompts", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  async function* prompts() {
    yield "one";
    yield await Promise.resolve("two");
  }
  const seen = [];
  for await (const { prompt } of client.generateMany(prompts())) {
    seen.push(prompt);
  }
  assertEquals(seen, ["one", "two"]);
});

Deno.test("RolloutsClient.generateMany() yields results while its source waits for them", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  let { promise, resolve } = Promise.withResolvers<void>();
  async function* prompts() {
    for (let n = 1; n <= 3; n++) {
      yield `What is ${n}+${n}?`;
      await promise;
      ({ promise, resolve } = Promise.withResolvers<void>());
    }
  }
  const seen = [];
  for await (const { prompt } of client.generateMany(prompts())) {
    seen.push(prompt);
    resolve();
  }
  assertEquals(seen, ["What is 1+1?", "What is 2+2?", "What is 3+3?"]);
});
