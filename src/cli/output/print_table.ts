import { escapeControlChars } from "../../util/escape_control_chars.ts";
import type { CliOutput } from "./cli_output.ts";

/** A column of a table: its head, its alignment, and its cell of a row. */
export type Column<Row> = readonly [
  head: string,
  align: "left" | "right",
  cell: (row: Row) => string,
];

/** The table library's time grows with the square of the rows, so long tables are printed in parts. */
const ROWS_PER_PART = 500;

/** Prints rows as a table without lines, or as JSON with everything that is known about them. */
export async function printRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { json, output }: { readonly json?: boolean; readonly output: CliOutput },
): Promise<void> {
  if (json) output.print(JSON.stringify(rows, null, 2));
  else await printTable(rows, columns, output);
}

/** Prints a table without lines, which a terminal shows and `cut` can split. */
export async function printTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  output: CliOutput,
): Promise<void> {
  const { default: Table } = await import("cli-table3");
  const { default: stringWidth } = await import("string-width");
  const heads = columns.map(([head]) => head);
  const lines = [
    heads,
    ...rows.map((row) => columns.map(([, , cell]) => oneLine(cell(row)))),
  ];
  // All parts have the same widths. For a table of one part, the library computes them.
  const colWidths = lines.length <= ROWS_PER_PART
    ? []
    : heads.map((_, column) =>
      lines.reduce(
        (widest, line) => Math.max(widest, stringWidth(line[column] ?? "")),
        0,
      )
    );
  for (let start = 0; start < lines.length; start += ROWS_PER_PART) {
    const table = new Table({
      colWidths,
      colAligns: columns.map(([, align]) => align),
      chars: WITHOUT_LINES,
      style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    });
    const part = lines.slice(start, start + ROWS_PER_PART);
    for (const line of part) table.push([...line]);
    output.print(table.toString().replaceAll(/[ \t]+$/gm, ""));
  }
}

/** Escapes control characters, and characters that would look like another row or column. */
function oneLine(cell: string): string {
  return escapeControlChars(cell).replaceAll(/[\r\n\t]+/g, " ");
}

const LINES = "top top-mid top-left top-right bottom bottom-mid bottom-left " +
  "bottom-right left left-mid mid mid-mid right right-mid";

const WITHOUT_LINES = {
  ...Object.fromEntries(LINES.split(" ").map((name) => [name, ""])),
  middle: "  ",
};
