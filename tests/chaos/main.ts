/**
 * `deno task chaos`: samples 2,000 times with two processes on one cache, while 40% of the
 * requests fail and 20 kills interrupt the processes. Prints a summary, and fails if a sample is
 * missing, wrong, or paid for too often. `--pressure` adds endless bodies, waits of one hour for
 * one of three models, and a limit of 256 open files per process.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { chaosFaults } from "./chaos_faults.ts";
import { KINDS } from "./fault_mix.ts";
import { runChaos } from "./run_chaos.ts";

const { quiet, pressure } = parseArgs(Deno.args, {
  boolean: ["quiet", "pressure"],
});
const startMs = performance.now();
const figures = await runChaos({
  prompts: 20,
  nSamples: 100,
  kills: 20,
  faults: { rate: 0.4, maxAttempt: 7 },
  requestsPerMinute: 350,
  pressure: pressure === true,
  tell: (message) => quiet || console.error(message),
});
const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
const overpaid = figures.answered - figures.wanted;
console.log(`samples wanted           ${figures.wanted}
files in the cache       ${figures.files}
missing, wrong, partial  ${figures.wrong}
requests                 ${figures.requests}, failing in ${KINDS} ways
successful answers       ${figures.answered}
paid more than once      ${overpaid}; in flight at the kills: ${figures.inFlightAtKills}
kills                    ${figures.kills}
runs again after a final failure  ${figures.reruns}
most starts of a process in 60 s  ${figures.mostStartsPerMinute} of ${figures.requestsPerMinute} allowed
seconds                  ${seconds}`);
const faults = chaosFaults(figures);
for (const fault of faults) console.error(`FAULT: ${fault}`);
if (faults.length > 0) Deno.exitCode = 1;
