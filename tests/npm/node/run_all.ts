/**
 * Runs files of tests under Node's test runner, each in a process of its own, and says what fails.
 *
 * @module
 */

import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";

run({ files: process.argv.slice(2), concurrency: 3 })
  .on("test:fail", () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
