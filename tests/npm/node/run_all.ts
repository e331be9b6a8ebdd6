/**
 * Runs files of tests under Node's test runner, each in a process of its own; prints what fails, and how
 * many tests passed.
 *
 * @module
 */

import { setMaxListeners } from "node:events";
import process from "node:process";
import { run } from "node:test";

/** What is still running then hangs, and is ended. */
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
    console.log(`${process.version}: ${passed} passed, ${skipped} left out`);
  })
  .resume();
