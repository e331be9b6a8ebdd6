/**
 * Runs test files with Node's test runner, each in its own process. Prints the failures and the number of
 * tests that passed.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import process from "node:process";
import { run } from "node:test";

/** Tests that still run after this time hang, and are stopped. */
const LIMIT_MS = 480_000;

let passed = 0;
let skipped = 0;

const signal = AbortSignal.timeout(LIMIT_MS);
setMaxListeners(Infinity, signal);
run({ files: process.argv.slice(2), concurrency: 4, signal })
  .on("test:pass", ({ skip }) => {
    if (skip === undefined) passed++;
    else skipped++;
  })
  .on("test:fail", ({ name, file, details: { error } }) => {
    process.exitCode = 1;
    console.log(`FAILED ${name} (${file})\n`, error.cause ?? error);
  })
  .on("end", () => {
    console.log(`${process.version}: ${passed} passed, ${skipped} skipped`);
  })
  .resume();
