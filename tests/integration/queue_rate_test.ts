import { assert, assertEquals } from "@std/assert";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import { bucketArguments } from "../../src/queue/distributed_limiter.ts";
import { ACQUIRE_SCRIPT } from "../../src/queue/limiter_scripts.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { LIMITS } from "../../src/queue/queue_keys.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";

/**
 * The starts of an account, at times that the test sets, since the clock of Redis is the only one
 * of the scripts.
 */
class SimulatedAccount implements AsyncDisposable {
  readonly #redis: Redis;
  #offsetMs = 0;
  #nextId = 0;

  constructor(server: RedisServer) {
    this.#redis = new Redis(server.url);
  }

  /** Removes all starts. */
  async reset(): Promise<void> {
    await this.#redis.flushdb();
    this.#offsetMs = 0;
  }

  /** Advances the time. */
  async advance(ms: number): Promise<void> {
    this.#offsetMs += ms;
    const buckets = await this.#redis.hgetall(BUCKETS);
    for (const [name, state] of Object.entries(buckets)) {
      const [tokens, refilledAt] = state.split(" ");
      const shifted = `${tokens} ${Number(refilledAt) - ms}`;
      await this.#redis.hset(BUCKETS, name, shifted);
    }
  }

  /** Starts as many of `wanted` requests as a limit allows now, and returns the time of each. */
  async start(requestsPerMinute: number, wanted: number): Promise<number[]> {
    const bucket = bucketArguments(requestsPerMinute);
    const limits = ["limiter", "model", 1e9, 1e9, "account", ...bucket, -1, -1];
    const ids = Array.from({ length: wanted }, () => `${this.#nextId++}`);
    const [granted] = await this.#redis.eval(
      ACQUIRE_SCRIPT,
      1,
      LIMITS,
      ...["worker", 60_000, ...limits, ...ids],
    ) as [number];
    const [seconds, micros] = await this.#redis.time();
    const nowMs = Number(seconds) * 1000 + Number(micros) / 1000;
    return Array(granted).fill(nowMs + this.#offsetMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disconnectRedis(this.#redis);
  }
}

const BUCKETS = `${LIMITS}:buckets:account`;

/** Times between requests: most are short, some longer than a window. */
const PAUSE_MS = fc.oneof(
  fc.nat({ max: 500 }),
  fc.nat({ max: 5_000 }),
  fc.nat({ max: 70_000 }),
);

Deno.test({
  ...withRedis,
  name:
    "the limiter's script respects the limit in any 60 s, even with several limits per account",
  async fn() {
    await using server = await RedisServer.start();
    await using account = new SimulatedAccount(server);
    const limit = fc.constantFrom(1, 2.5, 7, 60, 600);
    const step = fc.record({
      pauseMs: PAUSE_MS,
      limit,
      wanted: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        async (steps) => {
          await account.reset();
          const starts: number[] = [];
          for (const { pauseMs, limit, wanted } of steps) {
            await account.advance(pauseMs);
            const started = await account.start(limit, wanted);
            starts.push(...started);
            const [ms] = started;
            if (ms === undefined) continue;
            const within = starts.filter((start) => start > ms - 60_000);
            assert(within.length <= limit, `${within.length} of ${limit}`);
          }
        },
      ),
      { numRuns: PROPERTY_RUNS },
    );
  },
});

Deno.test({
  ...withRedis,
  name: "the limiter's script counts earlier starts toward a new limit",
  async fn() {
    await using server = await RedisServer.start();
    await using account = new SimulatedAccount(server);
    for (const [first, limit] of [[5, 6], [6, 5], [7, 7], [40, 60]] as const) {
      await account.reset();
      const starts = await account.start(first, 1);
      for (let ms = 0; ms < 150_000; ms += 400) {
        await account.advance(400);
        starts.push(...await account.start(limit, 9));
      }
      for (const ms of starts) {
        const within = starts.filter((start) =>
          start > ms - 60_000 && start <= ms
        );
        assert(within.length <= limit, `${within.length} of ${limit}`);
      }
      // Up to 61 s can pass before the first start, and a start is at most 400 ms late.
      const least = 89 / (61 / limit + 0.4);
      assert(starts.length >= least, `${starts.length} of ${limit}`);
    }
  },
});

Deno.test({
  ...withRedis,
  name: "the limiter's script supports limits below one request per minute",
  async fn() {
    await using server = await RedisServer.start();
    await using account = new SimulatedAccount(server);
    const starts: number[] = [];
    for (let i = 0; i < 60; i++) {
      starts.push(...await account.start(0.5, 3));
      await account.advance(7_000);
    }
    assert(starts.length >= 3);
    for (const [i, ms] of starts.slice(1).entries()) {
      assert(ms - starts[i]! > 120_000);
    }
  },
});

Deno.test({
  ...withRedis,
  name:
    "the limiter's script paces starts, and loses none if workers poll late",
  async fn() {
    await using server = await RedisServer.start();
    await using account = new SimulatedAccount(server);
    assertEquals((await account.start(5, 5)).length, 1);
    await account.advance(12_000);
    assertEquals((await account.start(5, 5)).length, 0);
    await account.advance(200);
    assertEquals((await account.start(5, 5)).length, 1);
    await account.reset();
    let started = 0;
    const startMs = performance.now();
    for (let ms = 0; ms < 20_000; ms += 70) {
      started += (await account.start(3_000, 50)).length;
      await account.advance(70);
    }
    // Redis adds the time that passes meanwhile. 3,000 in 61 s are 983 in 20 s.
    const seconds = 20 + (performance.now() - startMs) / 1000;
    const most = 3_000 / 61 * seconds + 15;
    assert(started >= 975 && started <= most, `${started} of ${most}`);
  },
});
