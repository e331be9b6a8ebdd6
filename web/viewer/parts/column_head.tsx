import type { VNode } from "npm:preact@10.29.8";
import { choose } from "../route/use_route.ts";

/** The head of a column by which a table can be sorted. */
export interface ColumnHeadProps {
  /** The name in the address, and the class of the cell. */
  readonly column: string;
  readonly title: string;
  /** Whether the table is sorted by the column, and how. */
  readonly sorted: "ascending" | "descending" | null;
  /** Whether the first click sorts descending, as for numbers. */
  readonly descends: boolean;
}

/** The head of a column, with a button that sorts by it or turns the order around. */
export function ColumnHead(
  { column, title, sorted, descends }: ColumnHeadProps,
): VNode {
  const descending = sorted === null ? descends : sorted === "ascending";
  return (
    <th
      role="columnheader"
      scope="col"
      class={column}
      aria-sort={sorted ?? undefined}
    >
      <button
        type="button"
        onClick={() => choose({ sort: (descending ? "-" : "") + column })}
      >
        {title}
        <span class="arrow" aria-hidden="true">
          {sorted === null ? "" : sorted === "descending" ? " ↓" : " ↑"}
        </span>
      </button>
    </th>
  );
}
