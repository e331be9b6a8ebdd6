/**
 * Measures this client against others, on one machine and one server: see README.md.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { UsageError } from "../../src/cli/usage_error.ts";
import { interrupted } from "../../src/platform/interrupted.ts";
import { CASES, WHOLE_RUN } from "./cases/cases.ts";
import { ratioTable, withRatioTable } from "./ratio_table.ts";
import { readOptions } from "./read_options.ts";
import { report } from "./report.ts";
import { runBench } from "./run_bench.ts";

/** The document with the table of ratios. */
const DOCUMENT = "../../docs/speed.md";

const stop = new AbortController();
const ended = new AbortController();
interrupted(ended.signal).then(() => stop.abort());
try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (stop.signal.aborted) console.error("interrupted");
  else console.error(isUsage ? error.message : error);
  Deno.exitCode = stop.signal.aborted ? 130 : isUsage ? 2 : 1;
} finally {
  ended.abort();
}

async function main(): Promise<void> {
  const options = readOptions(Deno.args);
  const result = await runBench(options, stop.signal);
  const { rounds, isQuick, letters } = options;
  const titles = Object.fromEntries(
    Object.entries(CASES).map(([letter, { title }]) => [letter, title]),
  );
  const text = report(result.rows, { ...result, rounds, titles });
  console.log(text);
  // A partial or quick run does not overwrite the results of a full one.
  const isWhole = WHOLE_RUN.every((letter) => letters.includes(letter));
  if (isQuick || !isWhole) return;
  await write("./RESULTS.md", text);
  await write(
    "./results.json",
    `${JSON.stringify({ ...result, rounds }, null, 2)}\n`,
  );
  const document = await Deno.readTextFile(pathOf(DOCUMENT));
  await write(DOCUMENT, withRatioTable(document, ratioTable(result.rows)));
}

async function write(name: string, text: string): Promise<void> {
  const path = pathOf(name);
  await Deno.writeTextFile(path, text);
  const format = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", path],
  });
  await format.output();
}

function pathOf(name: string): string {
  return fromFileUrl(new URL(name, import.meta.url));
}
