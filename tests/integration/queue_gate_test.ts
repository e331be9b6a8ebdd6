import { assert, assertEquals, assertRejects } from "@std/assert";
import { AimdLimit } from "../../src/scheduler/aimd_limit.ts";
import type { Outcome } from "../../src/outcome.ts";
import type { GateAsk, Pass } from "../../src/queue/gate.ts";
import { ENTER_SCRIPT, LEAVE_SCRIPT } from "../../src/queue/gate_scripts.ts";
import { GATE } from "../../src/queue/queue_keys.ts";
import { takeSurvey } from "../../src/queue/survey.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";
import { ASK, GateOfWorker } from "../support/queue_gate.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";

const OUTCOMES: Readonly<Record<string, Outcome | null>> = {
  answer: answer(0),
  "429": refusal(429, null),
  "402": refusal(402, null),
  "503": refusal(503, null),
  cancelled: null,
};

function answer(cost: number | null): Outcome {
  return { type: "answer", response: { usage: { cost } } } as Outcome;
}

function refusal(status: number, retryAfterMs: number | null): Outcome {
  return {
    type: "failure",
    failure: {
      kind: "api",
      message: "",
      status,
      code: null,
      provider: null,
      retryable: true,
      retryAfterMs,
    },
  };
}

Deno.test({
  ...withRedis,
  name: "Gate.enter() holds the limit of AimdLimit, whatever requests come to",
  async fn() {
    await using server = await RedisServer.start();
    using worker = new GateOfWorker(server, "one");
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
          const model = new AimdLimit(maxConcurrency);
          const inside: { pass: Pass; cutsBefore: number }[] = [];
          for (const { enter, outcomes } of steps) {
            const room = Math.max(0, model.limit - inside.length);
            for (let i = 0; i < Math.min(room, enter); i++) {
              const pass = await worker.enter({ maxConcurrency });
              inside.push({ pass, cutsBefore: model.cuts });
            }
            if (inside.length >= model.limit) {
              assert(await worker.isFull({ maxConcurrency }));
            }
            for (const name of outcomes.slice(0, inside.length)) {
              const { pass, cutsBefore } = inside.shift()!;
              const saturated = inside.length + 1 >= model.limit;
              if (name === "answer") model.answered({ saturated });
              else if (name === "429" || name === "402") {
                model.throttled(cutsBefore);
              }
              await pass.leave(OUTCOMES[name]!);
            }
            const { limit, inFlight } = await takeSurvey(worker.redis);
            assertEquals(inFlight, inside.length);
            // There is no lane before the first request.
            if (limit > 0) assertEquals(limit, model.limit);
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
    "Gate.enter() lets nobody of any worker in before the time that the API asked one of them for",
  async fn() {
    await using server = await RedisServer.start();
    using one = new GateOfWorker(server, "one");
    using two = new GateOfWorker(server, "two");
    const pass = await one.enter();
    const leftMs = performance.now();
    await pass.leave(refusal(429, 400));
    await Promise.all([one.enter(), two.enter()]);
    assert(performance.now() - leftMs >= 395);
  },
});

Deno.test({
  ...withRedis,
  name:
    "Gate.enter() lets no 61 s of all workers together hold more starts than the limit",
  async fn() {
    await using server = await RedisServer.start();
    using one = new GateOfWorker(server, "one");
    using two = new GateOfWorker(server, "two");
    const limited = { requestsPerMinute: 5 };
    const gates = [one, two, one, two, one];
    for (const gate of gates) await gate.enter(limited);
    for (const gate of [one, two]) assert(await gate.isFull(limited));
    // Who asks for another limit is counted with the same starts.
    await two.enter({ requestsPerMinute: 6 });
    // As if 60.9 s had gone by since the first three, and then 61.
    await shiftStarts(one, 3, 60_900);
    assert(await two.isFull(limited));
    await shiftStarts(one, 3, 100);
    await two.enter(limited);
    await two.enter(limited);
    assert(await one.isFull(limited));
  },
});

Deno.test({
  ...withRedis,
  name:
    "Gate.enter() keeps what all workers can cost together within the limit, and refuses where none is under way",
  async fn() {
    await using server = await RedisServer.start();
    using one = new GateOfWorker(server, "one");
    using two = new GateOfWorker(server, "two");
    const ask = { maxCostUsd: 1, worstCaseUsd: 0.4 };
    const first = await one.enter(ask);
    const second = await two.enter(ask);
    assert(await two.isFull(ask), "two at their worst, 0.8, leave no room");
    await first.leave(answer(0.1));
    const third = await two.enter(ask);
    // An answer that tells no cost, and one that is lost, count in full.
    await second.leave(answer(null));
    await third.leave({
      type: "failure",
      failure: { kind: "timeout", message: "late" },
    });
    await assertRejects(() => two.enter(ask), Error, "refused at 0.9");
    const more = { maxCostUsd: 2, worstCaseUsd: 0.4 };
    await (await one.enter(more)).leave(answer(0.05));
    const { spentUsd, reservedUsd } = await takeSurvey(one.redis);
    assertEquals([spentUsd.toFixed(6), reservedUsd], ["0.950000", 0]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "Gate gives the places of a worker that died to others, and counts what its requests could cost",
  async fn() {
    await using server = await RedisServer.start();
    const ask: Partial<GateAsk> = {
      maxConcurrency: 2,
      maxCostUsd: 10,
      worstCaseUsd: 0.5,
    };
    using survivor = new GateOfWorker(server, "survivor");
    using silent = new GateOfWorker(server, "silent", 600);
    const passes = [await silent.enter(ask), await silent.enter(ask)];
    assert(await survivor.isFull(ask));
    await survivor.enter(ask);
    assertEquals((await takeSurvey(survivor.redis)).spentUsd, 1);
    // It was only silent: what it tells then puts the sum right, and frees no place a second time.
    for (const pass of passes) await pass.leave(answer(0.1));
    const { spentUsd, inFlight } = await takeSurvey(survivor.redis);
    assertEquals([spentUsd.toFixed(6), inFlight], ["0.200000", 1]);
  },
});

Deno.test({
  ...withRedis,
  name:
    "the scripts of the gate do nothing twice when they are sent twice, as after a lost connection",
  async fn() {
    await using server = await RedisServer.start();
    using worker = new GateOfWorker(server, "w");
    const { redis } = worker;
    const enter = ["w", 60_000, "lane", 8, 8, "acc", 9, 61_000, 10, 0.5, "w-0"];
    const leave = ["w", 60_000, "w-0", "answered", -1, 0.25];
    for (let i = 0; i < 2; i++) {
      await redis.eval(ENTER_SCRIPT, 1, GATE, ...enter);
    }
    assertEquals((await takeSurvey(redis)).inFlight, 1);
    assertEquals(await redis.zcard(`${GATE}:starts:acc`), 1);
    assertEquals((await takeSurvey(redis)).reservedUsd, 0.5);
    for (let i = 0; i < 2; i++) {
      await redis.eval(LEAVE_SCRIPT, 1, GATE, ...leave);
    }
    const { inFlight, spentUsd, reservedUsd } = await takeSurvey(redis);
    assertEquals([inFlight, spentUsd, reservedUsd], [0, 0.25, 0]);
  },
});

Deno.test({
  ...withRedis,
  name: "Gate.enter() shares a small limit among workers that all want it",
  async fn() {
    await using server = await RedisServer.start();
    using greedy = new GateOfWorker(server, "greedy");
    using late = new GateOfWorker(server, "late");
    const ask = { maxConcurrency: 4 };
    const inside = await Promise.all(
      Array.from({ length: 4 }, () => greedy.enter(ask)),
    );
    const more = Array.from({ length: 8 }, () => greedy.enter(ask));
    const wanted = [late.enter(ask), late.enter(ask)];
    const lane = await late.redis.srandmember(`${GATE}:lanes`);
    const waiting = `${GATE}:lane:${lane}:waiting`;
    while (await late.redis.zscore(waiting, "late") === null);
    // Two of its places go to the one that has none, though it is quicker to ask.
    for (const pass of inside) await pass.leave(answer(0));
    await Promise.all(wanted);
    const passes = [...wanted, ...more];
    for (const pass of passes) await (await pass).leave(answer(0));
    assertEquals((await takeSurvey(late.redis)).inFlight, 0);
  },
});

/** Has the oldest starts have happened earlier. */
async function shiftStarts(
  { redis }: GateOfWorker,
  count: number,
  ms: number,
): Promise<void> {
  const key = `${GATE}:starts:${ASK.account}`;
  for (const start of await redis.zrange(key, 0, count - 1)) {
    await redis.zincrby(key, -ms, start);
  }
}
