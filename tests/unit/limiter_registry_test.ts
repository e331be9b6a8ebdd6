import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import type { Failure } from "../../src/outcome.ts";
import { LimiterRegistry } from "../../src/scheduler/limiter_registry.ts";
import { apiFailure } from "../support/api_failure.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { never } from "../support/never.ts";

const KEY = {
  url: "http://127.0.0.1/chat/completions",
  apiKey: "a",
  model: "a/model",
  maxConcurrency: undefined,
  requestsPerMinute: undefined,
};

Deno.test("LimiterRegistry.get() shares the limit of requests in flight within an account", () => {
  const registry = new LimiterRegistry(new FakeClock());
  const { limiter } = registry.get(KEY);
  const { limiter: ofOther } = registry.get({ ...KEY, model: "b/model" });
  const permit = limiter.tryAcquire();
  assertEquals(ofOther.inFlight, 1);
  permit?.release(null);
  assertStrictEquals(registry.get({ ...KEY }).limiter, limiter);
  for (const other of [{ apiKey: "b" }, { url: "x" }, { maxConcurrency: 5 }]) {
    assert(registry.get({ ...KEY, ...other }).limiter !== limiter);
  }
});

Deno.test("LimiterRegistry.get() counts all starts of an account", async () => {
  const clock = new FakeClock();
  const registry = new LimiterRegistry(clock);
  const starts: { limit: number; at: number }[] = [];
  for (const limit of [3, 10]) {
    const { bucket } = registry.get({ ...KEY, requestsPerMinute: limit });
    for (let i = 0; i < 20; i++) {
      bucket!.take(never())
        .then(() => starts.push({ limit, at: clock.now() }));
    }
  }
  await clock.advance(60 * 60_000);
  assertEquals(starts.length, 40);
  starts.forEach(({ limit, at }, i) => {
    const before = starts[i - limit];
    if (before !== undefined) assert(at - before.at >= 60_000, `start ${i}`);
  });
});

Deno.test("a model that has to wait for an hour stops no other model of the account", () => {
  const clock = new FakeClock();
  const registry = new LimiterRegistry(clock);
  const limiterOf = (model: string) => registry.get({ ...KEY, model }).limiter;
  const [free, paid] = [limiterOf("a/model:free"), limiterOf("b/model")];
  free.tryAcquire()!.release(apiFailure(429, { retryAfterMs: 3_600_000 }));
  assertEquals(free.tryAcquire(), null);
  for (let i = 0; i < 64; i++) assert(paid.tryAcquire() !== null, `${i}`);
});

Deno.test("a wait that the API asks the account for stops all of its models", () => {
  const registry = new LimiterRegistry(new FakeClock());
  const limiterOf = (model: string) => registry.get({ ...KEY, model }).limiter;
  const outcome = apiFailure(429, { retryAfterMs: 1000 });
  limiterOf("a/model").tryAcquire()!.release({
    ...outcome,
    failure: { ...outcome.failure, limitScope: "account" } as Failure,
  });
  assertEquals(limiterOf("b/model").tryAcquire(), null);
});

Deno.test("maxConcurrency limits the requests of all models together", () => {
  const registry = new LimiterRegistry(new FakeClock());
  const permits = ["a/model", "b/model", "c/model"].flatMap((model) => {
    const { limiter } = registry.get({ ...KEY, model, maxConcurrency: 4 });
    return [1, 2].map(() => limiter.tryAcquire());
  });
  assertEquals(permits.filter((permit) => permit !== null).length, 4);
});
