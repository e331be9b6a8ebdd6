import { assert } from "@std/assert";
import { delay } from "@std/async/delay";
import { RateLimiterRedis } from "npm:rate-limiter-flexible@11.4.0";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import { Queue, Worker } from "../../src/queue/npm_bullmq.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { until } from "../support/until.ts";

/** A small limit in a short window represents a large one in a minute. */
const LIMIT = 5;
const WINDOW_MS = 1_000;

/**
 * The window of a fixed limiter begins with the first start: most come at its end, and as many when
 * it is over.
 */
const FIRST_WAIT_MS = 850;

/** Returns the most moments within the window. */
function mostWithin(moments: readonly number[]): number {
  return Math.max(
    ...moments.map((first) =>
      moments.filter((ms) => ms >= first && ms < first + WINDOW_MS).length
    ),
  );
}

// These two tests show why the queue has its own script for the limit.

Deno.test({
  ...withRedis,
  name:
    "rate-limiter-flexible uses fixed windows, which let nearly twice the limit start in 60 s",
  async fn() {
    await using server = await RedisServer.start();
    const redis = new Redis(server.url);
    const limiter = new RateLimiterRedis({
      storeClient: redis,
      points: LIMIT,
      duration: WINDOW_MS / 1000,
    });
    const starts = await startAll(() =>
      limiter.consume("account").then(() => performance.now(), (reason) => {
        if (reason instanceof Error) throw reason;
        return null;
      })
    );
    assert(mostWithin(starts) > LIMIT, `${mostWithin(starts)}`);
    await disconnectRedis(redis);
  },
});

Deno.test({
  ...withRedis,
  name:
    "BullMQ's limiter uses fixed windows, which let nearly twice the limit start in 60 s",
  async fn() {
    await using server = await RedisServer.start();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const queue = new Queue("limited", { connection: redis });
    const starts: number[] = [];
    const worker = new Worker("limited", () => {
      starts.push(performance.now());
      return Promise.resolve();
    }, {
      connection: redis,
      limiter: { max: LIMIT, duration: WINDOW_MS },
    });
    const add = (count: number) =>
      queue.addBulk(
        Array.from({ length: count }, () => ({ name: "start", data: null })),
      );
    await add(1);
    await until(() => starts.length === 1);
    await delay(FIRST_WAIT_MS);
    await add(2 * LIMIT);
    await until(() => starts.length === 1 + 2 * LIMIT);
    assert(mostWithin(starts) > LIMIT, `${mostWithin(starts)}`);
    await worker.close();
    await queue.close();
    await disconnectRedis(redis);
  },
});

/**
 * Starts once, and as often as may be from the end of the window on, eleven times in all; when each
 * was, in milliseconds.
 */
async function startAll(
  start: () => Promise<number | null>,
): Promise<number[]> {
  const starts: number[] = [];
  while (starts.length < 1 + 2 * LIMIT) {
    if (starts.length === 1) await delay(FIRST_WAIT_MS);
    let startMs = await start();
    while (startMs === null) {
      await delay(5);
      startMs = await start();
    }
    starts.push(startMs);
  }
  return starts;
}
