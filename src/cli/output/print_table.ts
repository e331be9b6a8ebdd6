import { stdio } from "../../platform/deno/stdio.ts";
import { oneLine } from "../../util/escape_control_chars.ts";
import type { CliOutput } from "./cli_output.ts";

/** A column of a table: its head, its alignment, and its cell of a row. */
export type Column<Row> = readonly [
  head: string,
  align: "left" | "right",
  cell: (row: Row) => string,
];

/** Prints rows as a table without lines, or as JSON with everything that is known about them. */
export async function printRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { json, output }: { readonly json?: boolean; readonly output: CliOutput },
): Promise<void> {
  if (json) output.print(JSON.stringify(rows, null, 2));
  else await printTable(rows, columns, output);
}

/** The minimum width of the last column when it is cut. */
const MIN_LAST_WIDTH = 10;

/** How many lines are printed at once. */
const LINES_PER_PRINT = 500;

/**
 * Prints a table without lines, for terminals and `cut`. On a terminal, cuts the last
 * column if a line is too wide. Keeps the cells and not the rows, so that rows that are read while it
 * iterates can be freed.
 */
export async function printTable<Row>(
  rows: Iterable<Row>,
  columns: readonly Column<Row>[],
  output: CliOutput,
  terminalWidth: number | null = stdio.columns("stdout"),
): Promise<void> {
  const { default: stringWidth } = await import("string-width");
  const widthOf = (cell: string) =>
    // Measuring other characters takes 20 times as long.
    /^[ -~]*$/.test(cell) ? cell.length : stringWidth(cell);
  const widths = columns.map(() => 0);
  const lines: (readonly string[])[] = [];
  const add = (cells: readonly string[]) => {
    lines.push(cells);
    cells.forEach((cell, column) => {
      widths[column] = Math.max(widths[column]!, widthOf(cell));
    });
  };
  add(columns.map(([head]) => head));
  for (const row of rows) {
    add(columns.map(([, , cell]) => oneLine(cell(row))));
  }
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const room = Math.max((terminalWidth ?? Infinity) - others, MIN_LAST_WIDTH);
  const cut = (cell: string) => {
    if (widthOf(cell) <= room) return cell;
    let start = "";
    for (const character of cell) {
      if (widthOf(start + character) >= room) break;
      start += character;
    }
    return `${start}…`;
  };
  widths.push(Math.min(widths.pop() ?? 0, room));
  const padded = (cell: string, column: number) => {
    const space = " ".repeat(widths[column]! - widthOf(cell));
    return columns[column]![1] === "left" ? cell + space : space + cell;
  };
  for (let start = 0; start < lines.length; start += LINES_PER_PRINT) {
    const part = lines.slice(start, start + LINES_PER_PRINT)
      .map((cells) =>
        [...cells.slice(0, -1), cut(cells.at(-1)!)].map(padded).join("  ")
          .trimEnd()
      );
    output.print(part.join("\n"));
  }
}
