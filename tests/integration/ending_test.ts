import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  CacheMissError,
  type Progress,
  RolloutsClient,
  RolloutsError,
  StoppedError,
} from "../../mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { serve } from "../support/serve.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

Deno.test("RolloutsClient.generate() rejects with the signal's reason when aborted, and keeps samples", async () => {
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
  // A million errors must not take a gigabyte.
  assertEquals(new Set(cached.errors.values()).size, 1);
});

Deno.test("RolloutsClient.close() fails requests in flight, and cached samples stay readable", async () => {
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

Deno.test("RolloutsClient.close() ends waits for Retry-After and the rate limit", async () => {
  await using mock = await MockOpenRouter.start({
    faults: () => ({ type: "status", status: 429, retryAfter: 3600 }),
  });
  for (const options of [{}, { requestsPerMinute: 1 }]) {
    // Its own account, since a requested wait applies to all clients of an account.
    await using client = mockClient(mock, { apiKey: crypto.randomUUID() });
    const started = mock.started;
    const running = client.generate(PROMPT, { nSamples: 3, ...options });
    await until(() => mock.started > started);
    client.close();
    await assertRejects(() => running, RolloutsError, "closed");
  }
});

Deno.test("RolloutsClient.generate() ends at once when aborted, stopped, or closed while prices load", async () => {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await using server = await serve(async () => {
    asked.resolve();
    await released.promise;
    return new globalThis.Response("{}");
  });
  for (const end of ["abort", "stop", "close"]) {
    await using client = new RolloutsClient({
      model: "m",
      baseUrl: server.url,
      apiKey: "sk-test",
      useCache: false,
      maxCostUsd: 1,
    });
    const controller = new AbortController();
    const { signal } = controller;
    const running = client.generate(PROMPT, { signal });
    await asked.promise;
    switch (end) {
      case "abort":
        controller.abort(new Error("enough"));
        await assertRejects(() => running, Error, "enough");
        break;
      case "stop":
        client.stop();
        assertInstanceOf((await running).errors.get(0), StoppedError);
        break;
      default:
        client.close();
        await assertRejects(() => running, RolloutsError, "closed");
    }
  }
  released.resolve();
});

Deno.test("RolloutsClient.generate() reports at once that the client is closed", async () => {
  await using mock = await MockOpenRouter.start();
  await using client = mockClient(mock, { requestsPerMinute: 1 });
  await client.generate(PROMPT);
  client.close();
  await assertRejects(
    () => client.generate(PROMPT, { seed: 1 }),
    RolloutsError,
    "closed",
  );
});

Deno.test("RolloutsClient.stop() adds a StoppedError for each unrequested sample and counts none as failed", async () => {
  await using mock = await MockOpenRouter.start();
  for (const pinProvider of [false, true]) {
    await using client = mockClient(mock, { useCache: false });
    client.stop();
    const failed: number[] = [];
    const { errors } = await client.generate(PROMPT, {
      nSamples: 3,
      pinProvider,
      onProgress: (progress) => failed.push(progress.failed),
    });
    assertEquals([errors.size, Math.max(...failed)], [3, 0]);
    for (const error of errors.values()) {
      assertInstanceOf(error, StoppedError);
      assertEquals(error.message, "not requested: the client was stopped");
    }
  }
  assertEquals(mock.started, 0);
});
