import { assert, assertEquals } from "@std/assert";
import { chaosFaults } from "../chaos/chaos_faults.ts";
import { runChaos } from "../chaos/run_chaos.ts";

Deno.test("two randomly killed processes get every sample and repay only those in flight", async () => {
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

Deno.test("two processes get every sample despite endless bodies, one-hour waits, and few open files", async () => {
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
