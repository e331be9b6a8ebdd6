import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import type { Outcome, PreparedRequest, SampleLock } from "../../mod.ts";
import {
  QueueControl,
  QueueError,
  QueueTransport,
} from "../../src/queue/mod.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { QueueConnection } from "../../src/queue/queue_connection.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { MODEL } from "../support/mock_client.ts";
import { startWorker } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { until } from "../support/until.ts";

const { signal } = new AbortController();

function requestFor({ baseUrl }: MockOpenRouter, seed: number, own = {}) {
  const request: PreparedRequest = {
    url: `${baseUrl}/chat/completions`,
    headers: {},
    body: JSON.stringify({
      model: MODEL,
      messages: [{ role: "user", content: "What is 5*10?" }],
      seed,
    }),
    model: MODEL,
    seed,
    prefill: null,
    repeatsPrefill: false,
    format: null,
    timeoutMs: 10_000,
    maxAnswerBytes: 2 ** 26,
    sampleId: `model/params/hash/${seed}`,
    limits: {
      maxConcurrency: null,
      requestsPerMinute: null,
      maxCostUsd: null,
      worstCaseUsd: null,
    },
    ...own,
  };
  return request;
}

function kindOf(outcome: Outcome): string {
  if (outcome.type === "answer") return "answer";
  const { failure } = outcome;
  return failure.kind === "unsent" ? failure.why : failure.kind;
}

Deno.test({
  ...withRedis,
  name:
    "QueueTransport keeps a result while it is locked, and sends nothing twice",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using _ = await startWorker(redis, mock);
    await using control = await QueueControl.open(redis.url);
    const transports = [1, 2].map(() => new QueueTransport({ url: redis.url }));
    const request = requestFor(mock, 7);
    const locks: SampleLock[] = [];
    for (const transport of transports) {
      const { sharedLimits } = transport;
      const limiter = await sharedLimits.limiter(undefined);
      const permit = await limiter.acquire(signal);
      assertEquals([limiter.inFlight, limiter.limit], [1, 64]);
      const lock = sharedLimits.lock(request.sampleId!);
      assertEquals([lock.peek(), await lock.acquire()], ["free", "acquired"]);
      locks.push(lock);
      assertEquals(kindOf(await transport.send(request, { signal })), "answer");
      permit.release(null);
      assertEquals(limiter.inFlight, 0);
    }
    assertEquals(mock.started, 1);
    await locks[0]!.release();
    assertEquals((await control.status()).results, 1);
    await locks[1]!.release();
    assertEquals((await control.status()).results, 0);
    for (const lock of locks) lock[Symbol.dispose]();
    // Without a sample ID, a request neither shares nor leaves a result.
    const own = requestFor(mock, 7, { sampleId: null });
    for (const transport of transports) await transport.send(own, { signal });
    assertEquals([mock.started, (await control.status()).results], [3, 0]);
    for (const transport of transports) await transport.close();
  },
});

Deno.test({
  ...withRedis,
  name:
    "QueueTransport.stop() withdraws its waiting requests, and draining a queue all of them",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using control = await QueueControl.open(redis.url);
    for (
      const [stop, reason] of [
        [(transport: QueueTransport) => transport.stop(), /client was stopped/],
        [() => control.drain(), /queue was drained/],
      ] as const
    ) {
      const transport = new QueueTransport({ url: redis.url });
      const sent = [1, 2].map((seed) =>
        transport.send(requestFor(mock, seed), { signal })
      );
      await until(async () => (await control.status()).waiting === 2);
      await stop(transport);
      const outcomes = [
        ...await Promise.all(sent),
        await transport.send(requestFor(mock, 3), { signal }),
      ];
      for (const outcome of outcomes) {
        assertEquals(kindOf(outcome), "stopped");
        assertMatch(JSON.stringify(outcome), reason);
      }
      assertEquals((await control.status()).waiting, 0);
      await transport.close();
      const error = await assertRejects(() =>
        transport.send(requestFor(mock, 4), { signal })
      );
      assertInstanceOf(error, QueueError);
    }
    assertEquals(mock.started, 0);
  },
});

Deno.test({
  ...withRedis,
  name: "QueueTransport.send() warns once about a key that it does not pass on",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    await using _ = await startWorker(redis, mock);
    const warnings: string[] = [];
    const logger = { warn: (message: string) => warnings.push(message) };
    const transport = new QueueTransport({ url: redis.url, logger });
    const headers = { Authorization: "Bearer sk-of-the-client" };
    for (const seed of [1, 2]) {
      await transport.send(requestFor(mock, seed, { headers }), { signal });
    }
    assertEquals(warnings.length, 1);
    assertMatch(warnings[0]!, /apiKey is not sent to the queue/);
    await transport.close();
  },
});

Deno.test({
  ...withRedis,
  name:
    "QueueConnection warns at the first heartbeat of a wait without a worker",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start();
    const clock = new FakeClock();
    const warnings: string[] = [];
    let heartbeats = 0;
    const connection = await QueueConnection.open({
      url: redis.url,
      warn: (message) => warnings.push(message),
      onStats: () => heartbeats++,
      onDrained: () => {},
      clock,
    });
    const waits = () => warnings.filter((text) => text.includes("worker"));
    const { headers: _, ...request } = requestFor(mock, 1);
    const heartbeat = async () => {
      const before = heartbeats;
      await clock.advance(2_000);
      await until(() => heartbeats > before);
    };
    await heartbeat();
    assertEquals(waits(), []);
    const job = { ...request, sealedKey: null, trace: {} };
    const outcome = connection.pending.run("id", job, signal);
    await heartbeat();
    await until(() => waits().length > 0);
    assertEquals(waits(), [
      "waiting for a worker: the queue has none; start one, here or on another machine: " +
      `rollouts worker --queue ${redis.url}`,
    ]);
    await connection.close();
    assertEquals(kindOf(await outcome), "worker");
  },
});

Deno.test("QueueTransport refuses invalid options", () => {
  const message = "must be the address of a Redis";
  for (const url of ["http://127.0.0.1", "redis://", "127.0.0.1", 3]) {
    const options = { url: url as string };
    assertThrows(() => new QueueTransport(options), TypeError, message);
  }
  assertThrows(
    () => new QueueTransport({ url: "redis://127.0.0.1", metricsPort: -1 }),
    TypeError,
    "metricsPort must be",
  );
});
