import type { CliOutput } from "./cli_output.ts";

/** How many elements are printed at once. */
const ROWS_PER_PRINT = 500;

/**
 * Prints an array as `JSON.stringify(array, null, 2)` does, in parts, so that rows that are read while
 * it iterates can be freed.
 */
export function printJsonArray<Row>(
  rows: Iterable<Row>,
  toJson: (row: Row) => unknown,
  output: CliOutput,
): void {
  let start = "[\n";
  let part: string[] = [];
  for (const row of rows) {
    if (part.length === ROWS_PER_PRINT) {
      output.print(`${start}${part.join(",\n")},`);
      start = "";
      part = [];
    }
    const json = JSON.stringify(toJson(row), null, 2);
    part.push(`  ${json.replaceAll("\n", "\n  ")}`);
  }
  output.print(part.length === 0 ? "[]" : `${start}${part.join(",\n")}\n]`);
}
