import { checkKilledRun } from "../support/killed_run.ts";

Deno.test("rollouts run writes the same output after two kills and reruns as without them", () =>
  checkKilledRun({
    prompts: 400,
    nSamples: 10,
    kills: [1_000, 2_600],
    maxConcurrency: 128,
  }));
