import { assert, assertEquals, assertRejects } from "@std/assert";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import {
  QueueControl,
  QueueError,
  QueueTransport,
} from "../../src/queue/mod.ts";
import { Queue } from "../../src/queue/npm_bullmq.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { JOBS, LIMITS, PREFIX } from "../../src/queue/queue_keys.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient, MODEL } from "../support/mock_client.ts";
import { preparedRequest } from "../support/prepared_request.ts";
import { startWorker } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

Deno.test({
  ...withRedis,
  name:
    "a run that starts while Redis is out of memory pauses, and loses nothing",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock);
    const admin = new Redis(redis.url);
    await admin.config("SET", "maxmemory", "1");
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url, logger: { warn } }),
      cacheDir: dir.path,
      apiKey: undefined,
      // A pause is not a failed attempt.
      maxRetries: 0,
    });
    const call = client.generate(PROMPT, { nSamples: 20 });
    await until(() => warnings.some((text) => text.includes("out of memory")));
    assertEquals(mock.started, 0);
    await admin.config("SET", "maxmemory", "0");
    await disconnectRedis(admin);
    const { length, errors } = await call;
    assertEquals([length, [...errors.values()]], [20, []]);
    assertEquals(mock.answered, 20);
  },
});

Deno.test({
  ...withRedis,
  name: "a pause for a full Redis ends immediately if the call is aborted",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    const admin = new Redis(redis.url);
    await admin.config("SET", "maxmemory", "1");
    const logger = { warn: () => {} };
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url, logger }),
      apiKey: undefined,
    });
    const signal = AbortSignal.timeout(300);
    await assertRejects(
      () => client.generate(PROMPT, { signal }),
      DOMException,
    );
    await disconnectRedis(admin);
  },
});

Deno.test({
  ...withRedis,
  name: "permits that a full Redis did not accept are returned later",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 300 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock, { concurrency: 8 });
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
      maxConcurrency: 8,
    });
    const admin = new Redis(redis.url);
    const call = client.generate(PROMPT, { nSamples: 8 });
    await until(() => mock.inFlight === 8);
    await admin.config("SET", "maxmemory", "1");
    await until(() => mock.answered === 8);
    // Long enough for several attempts.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await admin.config("SET", "maxmemory", "0");
    assertEquals((await call).length, 8);
    await using control = await QueueControl.open(redis.url);
    await until(async () => (await control.status()).inFlight === 0);
    await disconnectRedis(admin);
  },
});

Deno.test({
  ...withRedis,
  name: "a database that does not exist is an error, not database 0",
  async fn() {
    await using redis = await RedisServer.start();
    for (const number of [16, 99, "99999999999"]) {
      await assertRejects(
        () => QueueControl.open(`${redis.url}/${number}`),
        QueueError,
        "has no database with this number",
      );
    }
    await using control = await QueueControl.open(`${redis.url}/15`);
    assertEquals((await control.status()).workers, 0);
  },
});

/** The data of a job that a worker would send. */
function jobData({ baseUrl }: MockOpenRouter) {
  const request = preparedRequest({
    url: `${baseUrl}/chat/completions`,
    body: JSON.stringify({ model: MODEL, messages: [], seed: 0 }),
    model: MODEL,
    timeoutMs: 1_000,
    maxAnswerBytes: 1_000_000,
  });
  const { headers: _, ...sent } = request;
  return { ...sent, sealedKey: null, trace: {} };
}

Deno.test({
  ...withRedis,
  name:
    "invalid jobs are quarantined before they affect the limits, and use no permit",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 200 });
    await using dir = new TempDir();
    const warnings: string[] = [];
    await using _ = await startWorker(redis, mock, {
      concurrency: 8,
      logger: { warn: (message) => void warnings.push(message) },
    });
    const good = jobData(mock);
    const withLimits = (limits: Readonly<Record<string, unknown>>) => ({
      ...good,
      limits: { ...good.limits, ...limits },
    });
    const poisoned: readonly unknown[] = [
      withLimits({ maxConcurrency: "many" }),
      withLimits({ maxConcurrency: -1 }),
      withLimits({ maxConcurrency: 1.5 }),
      withLimits({ requestsPerMinute: 0 }),
      withLimits({ requestsPerMinute: 1e300 }),
      withLimits({ maxCostUsd: "x", worstCaseUsd: 1 }),
      withLimits({ maxCostUsd: 1 }),
      withLimits({ maxCostUsd: 1, worstCaseUsd: -5 }),
      withLimits({ worstCaseUsd: [1] }),
      { ...good, limits: null },
      { ...good, limits: undefined },
      { ...good, timeoutMs: 1e12 },
      { ...good, timeoutMs: null },
      { ...good, maxAnswerBytes: 0 },
      { ...good, seed: "0" },
      { ...good, model: { a: 1 } },
      { ...good, url: 7 },
      { ...good, body: null },
      { ...good, trace: null },
      { ...good, sealedKey: 7 },
      7,
      null,
      [],
    ];
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue(JOBS, { connection, prefix: PREFIX });
    for (const data of poisoned) await queue.add("request", data);
    await until(async () => await queue.getFailedCount() === poisoned.length);
    assertEquals(warnings.length, poisoned.length, warnings.join("\n"));
    assert(
      warnings.every((text) => text.includes("quarantined: ")),
      warnings.join("\n"),
    );
    assertEquals(await connection.keys(`${LIMITS}:limiter:*`), []);
    assertEquals(mock.started, 0);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    assertEquals((await client.generate(PROMPT, { nSamples: 16 })).length, 16);
    assertEquals(mock.maxInFlight, 8);
    await queue.close();
    await disconnectRedis(connection);
  },
});
