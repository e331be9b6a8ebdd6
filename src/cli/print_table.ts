/** A column of a table: its head, and how its cells stand. */
export interface Column {
  /** The head. */
  readonly head: string;
  /** Where the text stands in a cell. */
  readonly align: "left" | "right";
}

/** Prints a table without lines, which a terminal shows and a program can cut. */
export async function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { default: Table } = await import("cli-table3");
  const none = {
    left: "",
    right: "",
    mid: "",
    "left-mid": "",
    "right-mid": "",
  };
  const table = new Table({
    head: columns.map(({ head }) => head),
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
  table.push(...rows.map((row) => [...row]));
  console.log(table.toString().replaceAll(/[ \t]+$/gm, ""));
}
