/**
 * Runs test files with Node's test runner, each in its own process. Prints the failures and the
 * number of tests that passed.
 *
 * @module
 */

import process from "node:process";
import { run } from "node:test";

/** A test file that runs longer than this is considered hung, and stopped. */
const TIMEOUT_MS = 600_000;

let passed = 0;
let skipped = 0;

run({ files: process.argv.slice(2), concurrency: 4, timeout: TIMEOUT_MS })
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
