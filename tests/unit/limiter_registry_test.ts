import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { LimiterRegistry } from "../../src/scheduler/limiter_registry.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { never } from "../support/never.ts";

const KEY = {
  url: "http://127.0.0.1/chat/completions",
  apiKey: "a",
  maxConcurrency: undefined,
  requestsPerMinute: undefined,
};

Deno.test("LimiterRegistry.get() shares the limit of requests in flight within an account", () => {
  const registry = new LimiterRegistry(new FakeClock());
  const { limiter } = registry.get(KEY);
  assertStrictEquals(registry.get({ ...KEY }).limiter, limiter);
  for (const other of [{ apiKey: "b" }, { url: "x" }, { maxConcurrency: 5 }]) {
    assert(registry.get({ ...KEY, ...other }).limiter !== limiter);
  }
});

Deno.test("LimiterRegistry.get() counts the starts of everyone with a limit on the same account", async () => {
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
