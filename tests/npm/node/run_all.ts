/**
 * Runs files of tests under Node's test runner, each in a process of its own; prints what fails, and how
 * many tests passed.
 *
 * @module
 */

import process from "node:process";
import { run } from "node:test";

/** A file that takes longer hangs, and is ended. */
const FILE_LIMIT_MS = 240_000;

let passed = 0;
let skipped = 0;

run({ files: process.argv.slice(2), concurrency: 3, timeout: FILE_LIMIT_MS })
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
