import { checkKilledRun } from "../support/killed_run.ts";

Deno.test("rollouts run is killed twice, goes on by the same command, and gives the output of a run that was not", () =>
  checkKilledRun({
    prompts: 1000,
    nSamples: 10,
    kills: [2_500, 6_500],
    maxConcurrency: 128,
  }));
