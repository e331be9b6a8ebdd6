import { setImmediate } from "node:timers/promises";
import { assertEquals } from "@std/assert";
import { generateMany } from "../../src/client/generate_many.ts";
import type { Rollouts } from "../../src/rollouts.ts";

Deno.test("generateMany() starts no more long prompts than fit into memory", async () => {
  const prompt = "x".repeat(5 * 1024 * 1024);
  let [running, most] = [0, 0];
  const results = generateMany(Array.from({ length: 48 }, () => prompt), {}, {
    isShared: false,
    generate: async () => {
      most = Math.max(most, ++running);
      // Enough time for all prompts that may start.
      for (let turn = 0; turn < 100; turn++) await setImmediate();
      running--;
      return {} as Rollouts;
    },
  });
  assertEquals((await Array.fromAsync(results)).length, 48);
  assertEquals(most, 4);
});
