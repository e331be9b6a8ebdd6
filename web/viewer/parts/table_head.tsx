import type { VNode } from "npm:preact@10.29.8";
import { ColumnHead } from "./column_head.tsx";

/** The head of a table with a checkbox in each row, sorted by one of its columns. */
export function TableHead<Column extends string>(
  { columns, title, sorted, descends }: {
    readonly columns: readonly Column[];
    /** Returns the title of a column. */
    readonly title: (column: Column) => string;
    /** The column by which the table is sorted, and how. */
    readonly sorted: { readonly by: string; readonly descending: boolean };
    /** Whether the first click on a column sorts descending. */
    readonly descends: (column: Column) => boolean;
  },
): VNode {
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" class="pick" scope="col">
          <span class="heard">Compare</span>
        </th>
        {columns.map((column) => (
          <ColumnHead
            key={column}
            column={column}
            title={title(column)}
            sorted={sorted.by !== column
              ? null
              : sorted.descending
              ? "descending"
              : "ascending"}
            descends={descends(column)}
          />
        ))}
      </tr>
    </thead>
  );
}
