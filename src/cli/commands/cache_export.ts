import {
  CACHE_ALIASES,
  CACHE_FLAGS,
  CACHE_HELP,
  chosenSamples,
} from "../flags/cache_flags.ts";
import type { Command } from "../command.ts";
import { exportRow } from "../output/export_row.ts";
import type { ReadFlags } from "../flags/read_flags.ts";
import {
  openRowOutput,
  type RowFormat,
  rowFormatOf,
} from "../output/row_output.ts";
import { UsageError } from "../usage_error.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";

const FORMATS: readonly RowFormat[] = ["jsonl", "csv", "parquet"];

const { json: _, ...FLAGS } = CACHE_FLAGS;

const HELP = `Writes the samples of the cache as a table.

Usage: rollouts cache export -o FILE [OPTIONS]

FILE ends in .jsonl, .csv or .parquet; - is stdout, for the first two. It is there as a whole or not
at all. Rows stand in the order of models, parameters, keys and seeds.

  -o, --output FILE     the table
      --format FORMAT   jsonl, csv or parquet, whatever the file is called
${CACHE_HELP.split("\n").filter((line) => !line.includes("--json")).join("\n")}

Exit codes: 0 every sample is there, 1 some files could not be used, and are named.

Example: rollouts cache export -m qwen3 -o samples.parquet`;

/** `rollouts cache export`. */
export const CACHE_EXPORT_COMMAND: Command = {
  help: HELP,
  flags: { ...FLAGS, output: "text", format: "text" },
  aliases: { ...CACHE_ALIASES, o: "output" },
  configured: ["cacheDir"],
  run: exportSamples,
};

async function exportSamples(given: ReadFlags): Promise<number> {
  const { output, format } = given.flags as {
    readonly output?: string;
    readonly format?: RowFormat;
  };
  if (output === undefined) throw new UsageError("export needs --output");
  if (format !== undefined && !FORMATS.includes(format)) {
    throw new UsageError(
      `--format must be one of ${FORMATS.join(", ")}, got ${format}`,
    );
  }
  const chosenFormat = format ?? rowFormatOf(output);
  if (chosenFormat === null) {
    throw new UsageError(
      `--output must end in .jsonl, .csv or .parquet, or --format be given, got ${output}`,
    );
  }
  if (chosenFormat === "parquet" && output === "-") {
    throw new UsageError("Parquet goes into a file, not to stdout");
  }
  const rows = await openRowOutput(output, chosenFormat);
  let isWhole = true;
  try {
    for (const { prompt, sample } of chosenSamples(given)) {
      const { path, entry, problem } = sample;
      if (entry !== null && problem === null) {
        await rows.write(exportRow(prompt, entry));
      } else {
        isWhole = false;
        console.error(`rollouts: ${escapeControlChars(path)}: ${problem}`);
      }
    }
    await rows.commit();
  } catch (error) {
    await rows.discard();
    throw error;
  }
  return isWhole ? 0 : 1;
}
