import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { BudgetError, type ClientOptions } from "../../mod.ts";
import {
  QueueControl,
  QueueTransport,
  type QueueWorker,
} from "../../src/queue/mod.ts";
import { type FaultContext, MockOpenRouter } from "../../src/testing/mod.ts";
import { mockClient } from "../support/mock_client.ts";
import { startWorker } from "../support/queue_worker.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";
import { worstUsd } from "../support/worst_usd.ts";

const PROMPT = "What is 5*10?";

/** A mock, a queue with two workers, and clients of the queue. */
class Machines implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  readonly redis: RedisServer;
  readonly mock: MockOpenRouter;
  readonly #dir = this.#stack.use(new TempDir());

  private constructor(redis: RedisServer, mock: MockOpenRouter) {
    this.redis = this.#stack.use(redis);
    this.mock = this.#stack.use(mock);
  }

  static async start(
    options: Parameters<typeof MockOpenRouter.start>[0],
  ): Promise<Machines> {
    const mock = await MockOpenRouter.start(options);
    const machines = new Machines(await RedisServer.start(), mock);
    for (let i = 0; i < 2; i++) machines.#stack.use(await machines.#worker());
    return machines;
  }

  client(options: Partial<ClientOptions>) {
    return this.#stack.use(mockClient(this.mock, {
      transport: new QueueTransport({ url: this.redis.url }),
      cacheDir: this.#dir.path,
      apiKey: undefined,
      ...options,
    }));
  }

  #worker(): Promise<QueueWorker> {
    return startWorker(this.redis, this.mock);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

Deno.test({
  ...withRedis,
  name: "maxConcurrency limits all workers of a queue together",
  async fn() {
    await using machines = await Machines.start({
      latencyMs: ({ seed }) => seed! < 5 ? 500 : 5,
    });
    const { mock } = machines;
    const client = machines.client({ maxConcurrency: 5 });
    const { length } = await client.generate(PROMPT, { nSamples: 60 });
    assertEquals([length, mock.started, mock.maxInFlight], [60, 60, 5]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "requestsPerMinute limits all workers and coordinators of a queue together",
  async fn() {
    let lastStartMs = 0;
    await using machines = await Machines.start({
      faults: () => {
        lastStartMs = performance.now();
        return null;
      },
    });
    const { mock } = machines;
    const begunMs = performance.now();
    const calls = [1, 2].map((n) =>
      machines.client({ requestsPerMinute: 1_200 })
        .generate(`${PROMPT} ${n}`, { nSamples: 20 })
    );
    const results = await Promise.all(calls);
    assertEquals(results.map(({ length }) => length), [20, 20]);
    assertEquals(mock.started, 40);
    // One token every 61,000 / 1,200 ms, and at first two plus those refilled in the 100 ms that a
    // worker may poll late.
    const elapsedMs = lastStartMs - begunMs;
    assert(elapsedMs > 37 * 61_000 / 1_200, `${elapsedMs} ms`);
    await using control = await QueueControl.open(machines.redis.url);
    await until(async () => (await control.status()).inFlight === 0);
  },
});

Deno.test({
  ...withRedis,
  name: "a Retry-After for one worker pauses all workers of a queue",
  async fn() {
    const starts: number[] = [];
    let toldMs = Infinity;
    await using machines = await Machines.start({
      latencyMs: 20,
      faults: ({ seed, attempt }: FaultContext) => {
        starts.push(performance.now());
        if (seed !== 10 || attempt !== 1) return null;
        toldMs = performance.now() + 20;
        return { type: "status", status: 429, retryAfter: 1 };
      },
    });
    const client = machines.client({ maxConcurrency: 8 });
    const { length } = await client.generate(PROMPT, { nSamples: 60 });
    assertEquals(length, 60);
    // The requests already on their way are at most as many as can be in flight.
    const during = starts.filter((ms) => ms > toldMs && ms < toldMs + 950);
    assert(during.length <= 7, `${during.length} started in the pause`);
    assert(starts.some((ms) => ms > toldMs + 950));
  },
});

Deno.test({
  ...withRedis,
  name:
    "maxCostUsd limits all workers and runs of a queue, and a higher limit continues",
  async fn() {
    await using machines = await Machines.start({ latencyMs: 5 });
    const { mock } = machines;
    const maxCostUsd = 2 * worstUsd(1000);
    const options = { maxTokens: 1000, maxCostUsd };
    const calls = [1, 2].map((n) =>
      machines.client(options).generate(`${PROMPT} ${n}`, { nSamples: 40 })
    );
    const results = await Promise.all(calls);
    assert(mock.usage > 0.4 * maxCostUsd && mock.usage <= maxCostUsd);
    for (const { errors } of results) {
      for (const error of errors.values()) assertInstanceOf(error, BudgetError);
    }
    const lengths = results.map(({ length }) => length);
    assertEquals(lengths[0]! + lengths[1]!, mock.started);
    // A restarted coordinator continues with the money spent so far.
    const again = machines.client(options);
    const { errors } = await again.generate("other", { nSamples: 20 });
    assert(errors.size > 0 && mock.usage <= maxCostUsd);
    const more = machines.client({ ...options, maxCostUsd: 1 });
    assertEquals((await more.generate("other", { nSamples: 20 })).length, 20);
    await using control = await QueueControl.open(machines.redis.url);
    const { spentUsd, reservedUsd } = await control.status();
    assertEquals([spentUsd.toFixed(9), reservedUsd], [
      mock.usage.toFixed(9),
      0,
    ]);
    await control.drain({ spent: true });
    assertEquals((await control.status()).spentUsd, 0);
  },
});
