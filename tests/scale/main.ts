/**
 * `deno task scale`: one coordinator, and first one, then four workers, each in a network namespace
 * if possible, sample from a mock with 200 ms latency. Prints the rates, their ratio, and the
 * limits as the mock saw them. Fails if a sample is missing or paid for twice, or a limit is
 * exceeded.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { runScale, type ScaleFigures } from "./run_scale.ts";

const given = parseArgs(Deno.args, {
  string: ["samples", "concurrency", "limited"],
});
const limited = Number(given.limited ?? 4_000);
const common = {
  concurrency: Number(given.concurrency ?? 16),
  samples: Number(given.samples ?? 20_000),
  latencyMs: 200,
};

const REQUIRED_RATIO = 3.2;
const faults: string[] = [];
const one = await runScale({ ...common, workers: 1, limits: {} });
show("1 worker", one, common.samples);
const four = await runScale({ ...common, workers: 4, limits: {} });
show("4 workers", four, common.samples);
const ratio = four.perSecond / one.perSecond;
console.log(`4 against 1: ${ratio.toFixed(2)} (at least ${REQUIRED_RATIO})`);
if (ratio < REQUIRED_RATIO) faults.push(`the ratio is ${ratio.toFixed(2)}`);
const requestsPerMinute = Math.floor(0.8 * limited);
const maxConcurrency = 40;
const held = await runScale({
  ...common,
  samples: limited,
  workers: 4,
  limits: { requestsPerMinute, maxConcurrency },
});
show(
  `4 workers, ${requestsPerMinute} a minute, ${maxConcurrency} in flight`,
  held,
  limited,
);
if (held.maxInFlight > maxConcurrency) faults.push("too many in flight");
if (held.mostInAMinute > requestsPerMinute) faults.push("too many a minute");
for (const fault of faults) console.error(`FAULT: ${fault}`);
if (faults.length > 0) Deno.exitCode = 1;

function show(name: string, figures: ScaleFigures, wanted: number): void {
  const { kind, files, answered, perSecond } = figures;
  const { maxInFlight, mostInAMinute } = figures;
  const { scriptsPerSample, redisMsPerSample, redisPeakMb } = figures;
  console.log(`${name} (${kind})
  samples           ${files} of ${wanted}, ${answered} answers paid
  rate              ${perSecond.toFixed(0)}/s
  the mock saw      ${maxInFlight} in flight, ${mostInAMinute} starts in 60 s
  Redis             ${scriptsPerSample.toFixed(1)} scripts and ${
    redisMsPerSample.toFixed(2)
  } ms CPU a sample, ${redisPeakMb.toFixed(0)} MB at most`);
  if (files !== wanted) faults.push(`${name}: ${files} files`);
  if (answered !== wanted) faults.push(`${name}: ${answered} answers`);
}
