import { assert, assertEquals } from "@std/assert";
import { chaosFaults } from "../chaos/chaos_faults.ts";
import { runChaos } from "../chaos/run_chaos.ts";

Deno.test("two processes on one cache, killed at random against a failing server, get every sample right and pay none again but those in flight", async () => {
  const figures = await runChaos({
    prompts: 6,
    nSamples: 50,
    kills: 4,
    faults: { rate: 0.4, maxAttempt: 4 },
    requestsPerMinute: 400,
    tell: () => {},
  });
  assertEquals(chaosFaults(figures), []);
  assertEquals(figures.kills, 4);
  assert(figures.requests > 1.4 * figures.wanted, "many requests failed");
});

Deno.test("two processes get every sample right under endless bodies, waits of an hour for one of three models, and few open files", async () => {
  const figures = await runChaos({
    prompts: 6,
    nSamples: 30,
    kills: 2,
    faults: { rate: 0.4, maxAttempt: 4 },
    requestsPerMinute: 400,
    pressure: true,
    tell: () => {},
  });
  assertEquals(chaosFaults(figures), []);
});
