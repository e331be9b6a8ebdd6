import { assert, assertEquals, assertRejects } from "@std/assert";
import { BudgetError } from "../../mod.ts";
import { CubicLimit } from "../../src/scheduler/cubic_limit.ts";
import type { Outcome } from "../../src/outcome.ts";
import {
  type AcquireRequest,
  bucketArguments,
  type DistributedPermit,
} from "../../src/queue/distributed_limiter.ts";
import {
  ACQUIRE_SCRIPT,
  RELEASE_SCRIPT,
} from "../../src/queue/limiter_scripts.ts";
import { LIMITS } from "../../src/queue/queue_keys.ts";
import { readQueueStats } from "../../src/queue/queue_stats.ts";
import { apiFailure } from "../support/api_failure.ts";
import { WorkerLimiter } from "../support/worker_limiter.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";

const OUTCOMES: Readonly<Record<string, Outcome | null>> = {
  answer: answer(0),
  "429": apiFailure(429),
  "402": apiFailure(402),
  "503": apiFailure(503),
  cancelled: null,
};

function answer(cost: number | null): Outcome {
  return { type: "answer", response: { usage: { cost } } } as Outcome;
}

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter.acquire() enforces the limits of CubicLimit for any outcomes",
  async fn() {
    await using server = await RedisServer.start();
    using worker = new WorkerLimiter(server, "one");
    const step = fc.record({
      enter: fc.nat({ max: 12 }),
      outcomes: fc.array(fc.constantFrom(...Object.keys(OUTCOMES)), {
        maxLength: 12,
      }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(step, { maxLength: 12 }),
        async (maxConcurrency, steps) => {
          await worker.redis.flushdb();
          const [account, model] = [
            new CubicLimit(maxConcurrency),
            new CubicLimit(maxConcurrency),
          ];
          const limit = () => Math.min(account.limit, model.limit);
          const inside: {
            permit: DistributedPermit;
            cuts: { account: number; model: number };
          }[] = [];
          for (const { enter, outcomes } of steps) {
            const room = Math.max(0, limit() - inside.length);
            for (let i = 0; i < Math.min(room, enter); i++) {
              const permit = await worker.acquire({ maxConcurrency });
              const cuts = { account: account.cuts, model: model.cuts };
              inside.push({ permit, cuts });
            }
            if (inside.length >= limit()) {
              assert(await worker.isFull({ maxConcurrency }));
            }
            for (const name of outcomes.slice(0, inside.length)) {
              const { permit, cuts } = inside.shift()!;
              if (name === "answer") {
                for (const each of [account, model]) {
                  const saturated = inside.length + 1 >= each.limit;
                  each.answered({ saturated });
                }
              } else if (name === "429") model.throttled(cuts.model);
              else if (name === "402") account.throttled(cuts.account);
              await permit.release(OUTCOMES[name]!);
            }
            const stats = await readQueueStats(worker.redis);
            assertEquals(stats.inFlight, inside.length);
            // There is no limiter before the first request.
            if (stats.limit > 0) assertEquals(stats.limit, limit());
          }
        },
      ),
      { numRuns: PROPERTY_RUNS / 4 },
    );
  },
});

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter.acquire() grants no worker a permit before the end of a pause",
  async fn() {
    await using server = await RedisServer.start();
    using one = new WorkerLimiter(server, "one");
    using two = new WorkerLimiter(server, "two");
    const permit = await one.acquire();
    const leftMs = performance.now();
    await permit.release(apiFailure(429, { retryAfterMs: 400 }));
    await Promise.all([one.acquire(), two.acquire()]);
    assert(performance.now() - leftMs >= 395);
  },
});

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter.acquire() pauses one model, or all models of a paused account",
  async fn() {
    await using server = await RedisServer.start();
    using worker = new WorkerLimiter(server, "one");
    const wait = { retryAfterMs: 3_600_000 };
    const permit = await worker.acquire({ model: "a/model:free" });
    await permit.release(apiFailure(429, wait));
    assert(await worker.isFull({ model: "a/model:free" }));
    const other = await worker.acquire({ model: "b/model" });
    await other.release(apiFailure(402, wait));
    assert(await worker.isFull({ model: "c/model" }));
  },
});

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter.acquire() keeps the cost of all workers within the budget",
  async fn() {
    await using server = await RedisServer.start();
    using one = new WorkerLimiter(server, "one");
    using two = new WorkerLimiter(server, "two");
    const request = { maxCostUsd: 1, worstCaseUsd: 0.4 };
    const first = await one.acquire(request);
    const second = await two.acquire(request);
    assert(await two.isFull(request), "two at their worst, 0.8, leave no room");
    await first.release(answer(0.1));
    const third = await two.acquire(request);
    // An answer without a cost, and a lost one, count in full.
    await second.release(answer(null));
    await third.release({
      type: "failure",
      failure: { kind: "timeout", message: "late" },
    });
    await assertRejects(
      () => two.acquire(request),
      BudgetError,
      "$0.9000 of $1.0000 spent",
    );
    const more = { maxCostUsd: 2, worstCaseUsd: 0.4 };
    await (await one.acquire(more)).release(answer(0.05));
    const { spentUsd, reservedUsd } = await readQueueStats(one.redis);
    assertEquals([spentUsd.toFixed(6), reservedUsd], ["0.950000", 0]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter frees the permits of a dead worker, and counts its worst-case costs",
  async fn() {
    await using server = await RedisServer.start();
    const request: Partial<AcquireRequest> = {
      maxConcurrency: 2,
      maxCostUsd: 10,
      worstCaseUsd: 0.5,
    };
    using survivor = new WorkerLimiter(server, "survivor");
    using silent = new WorkerLimiter(server, "silent", 600);
    const permits = [
      await silent.acquire(request),
      await silent.acquire(request),
    ];
    assert(await survivor.isFull(request));
    await survivor.acquire(request);
    assertEquals((await readQueueStats(survivor.redis)).spentUsd, 1);
    // It was only silent: its outcome then corrects the sum, and frees no permit a second time.
    for (const permit of permits) await permit.release(answer(0.1));
    const { spentUsd, inFlight } = await readQueueStats(survivor.redis);
    assertEquals([spentUsd.toFixed(6), inFlight], ["0.200000", 1]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "the limiter's scripts are idempotent, as required after a lost connection",
  async fn() {
    await using server = await RedisServer.start();
    using worker = new WorkerLimiter(server, "w");
    const { redis } = worker;
    const bucket = bucketArguments(6);
    const limits = ["limiter", "model", 8, 8, "account", ...bucket, 10, 0.5];
    const acquire = ["w", 60_000, ...limits, "w-0"];
    const release = ["w", 60_000, "w-0", "answered", "both", -1, 0.25];
    for (let i = 0; i < 2; i++) {
      await redis.eval(ACQUIRE_SCRIPT, 1, LIMITS, ...acquire);
    }
    assertEquals((await readQueueStats(redis)).inFlight, 1);
    const [bucketState] = await redis.hvals(`${LIMITS}:buckets:account`);
    assert(Math.abs(Number(bucketState!.split(" ")[0])) < 0.1);
    assertEquals((await readQueueStats(redis)).reservedUsd, 0.5);
    for (let i = 0; i < 2; i++) {
      await redis.eval(RELEASE_SCRIPT, 1, LIMITS, ...release);
    }
    const { inFlight, spentUsd, reservedUsd } = await readQueueStats(redis);
    assertEquals([inFlight, spentUsd, reservedUsd], [0, 0.25, 0]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "DistributedLimiter.acquire() shares a small limit among all waiting workers",
  async fn() {
    await using server = await RedisServer.start();
    using greedy = new WorkerLimiter(server, "greedy");
    using late = new WorkerLimiter(server, "late");
    const request = { maxConcurrency: 4 };
    const inside = await Promise.all(
      Array.from({ length: 4 }, () => greedy.acquire(request)),
    );
    const more = Array.from({ length: 8 }, () => greedy.acquire(request));
    const wanted = [late.acquire(request), late.acquire(request)];
    const key = await late.redis.srandmember(`${LIMITS}:limiters`);
    const model = await late.redis.srandmember(
      `${LIMITS}:limiter:${key}:models`,
    );
    const waiting = `${LIMITS}:limiter:${key}:${model}:waiting`;
    while (await late.redis.zscore(waiting, "late") === null);
    // Two of its permits go to the worker that has none, although it asks faster.
    for (const permit of inside) await permit.release(answer(0));
    await Promise.all(wanted);
    const permits = [...wanted, ...more];
    for (const permit of permits) await (await permit).release(answer(0));
    assertEquals((await readQueueStats(late.redis)).inFlight, 0);
  },
});
