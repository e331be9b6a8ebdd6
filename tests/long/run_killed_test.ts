import { checkKilledRun } from "../support/killed_run.ts";

Deno.test("rollouts run writes the same output after two kills and reruns as without them", () =>
  checkKilledRun({
    prompts: 1000,
    nSamples: 10,
    kills: [2_500, 6_500],
    maxConcurrency: 128,
  }));
