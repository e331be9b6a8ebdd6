import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { walkSync } from "@std/fs/walk";
import type { Progress } from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { TempDir } from "../support/temp_dir.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.generate() samples the seeds from 0 in order, each with its own answer", async () => {
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

Deno.test("RolloutsClient.generate() starts at the given seed", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const rollouts = await client.generate(PROMPT, { seed: 7, nSamples: 2 });
  assertEquals(rollouts.responses.map(({ seed }) => seed), [7, 8]);
  assertEquals([...mock.seeds.keys()].sort(), [7, 8]);
});

Deno.test("RolloutsClient.generate() lets the model continue the reasoning in the prompt", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock);
  const rollouts = await client.generate("What is 5*10?\n<think>\n5*1", {
    nSamples: 4,
  });
  for (const { reasoning } of rollouts) assertMatch(reasoning ?? "", /^0/);
});

Deno.test("RolloutsClient.generate() returns null for the reasoning of a model that shows none", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, {
    model: "meta-llama/llama-3.1-8b-instruct",
  });
  const response = (await client.generate(PROMPT)).at(0);
  assertEquals(response?.reasoning, null);
  assertEquals(response?.full, response?.content);
});

Deno.test("RolloutsClient.generate() reports incomplete reasoning when maxTokens cuts it", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { maxTokens: 5 });
  const response = (await client.generate(PROMPT)).at(0);
  assertEquals(response?.finishReason, "length");
  assertEquals(response?.completedReasoning, false);
  assertEquals(response?.content, "");
  assertEquals(response?.full, response?.reasoning ?? "");
});

Deno.test("RolloutsClient.generate() reports its progress, including cached samples", async () => {
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

Deno.test("RolloutsClient.generate() keeps at most maxConcurrency requests in flight", async () => {
  await using mock = await MockOpenRouter.start({
    // Even on a slow machine, the first requests are in flight together.
    latencyMs: ({ seed }) => seed! < 7 ? 500 : 5,
  });
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
