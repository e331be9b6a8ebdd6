/** A column of a table: its head, and how its cells stand. */
export interface Column {
  /** The head. */
  readonly head: string;
  /** Where the text stands in a cell. */
  readonly align: "left" | "right";
}

/** The library's time grows with the square of the rows of a table: longer ones are printed in parts. */
const ROWS_A_PART = 500;

/** Prints a table without lines, which a terminal shows and a program can cut. */
export async function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { default: Table } = await import("cli-table3");
  const { default: stringWidth } = await import("string-width");
  const none = {
    left: "",
    right: "",
    mid: "",
    "left-mid": "",
    "right-mid": "",
  };
  const heads = columns.map(({ head }) => head);
  const newTable = (colWidths: number[]) =>
    new Table({
      colWidths,
      colAligns: columns.map(({ align }) => align),
      chars: {
        ...none,
        top: "",
        "top-mid": "",
        "top-left": "",
        "top-right": "",
        bottom: "",
        "bottom-mid": "",
        "bottom-left": "",
        "bottom-right": "",
        "mid-mid": "",
        middle: "  ",
      },
      style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    });
  const lines = [heads, ...rows];
  // The parts of a table have the same widths, and a short one those that the library finds.
  const widths = lines.length <= ROWS_A_PART
    ? []
    : heads.map((_, column) =>
      lines.reduce(
        (widest, line) => Math.max(widest, stringWidth(line[column] ?? "")),
        0,
      )
    );
  for (let at = 0; at < lines.length; at += ROWS_A_PART) {
    const table = newTable(widths);
    for (const line of lines.slice(at, at + ROWS_A_PART)) table.push([...line]);
    console.log(table.toString().replaceAll(/[ \t]+$/gm, ""));
  }
}
