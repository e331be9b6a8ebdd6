import { type Column, printTable } from "./print_table.ts";

/** A column of a table, and what it has of each row. */
export interface RowColumn<Row> extends Column {
  /** The cell. */
  readonly cell: (row: Row) => string;
}

/** Shows rows: as a table, or with all that is known of them as JSON. */
export async function showRows<Row>(
  rows: readonly Row[],
  columns: readonly RowColumn<Row>[],
  { json }: { readonly json?: unknown },
): Promise<void> {
  if (json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  await printTable(
    columns,
    rows.map((row) => columns.map(({ cell }) => cell(row))),
  );
}
