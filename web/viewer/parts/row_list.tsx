import type { ComponentChildren, RefObject, VNode } from "npm:preact@10.29.8";
import type { VirtualRows } from "./virtual_rows.ts";

/** A long list of which only the rows near the window are there. */
export interface RowListProps {
  readonly list: RefObject<HTMLDivElement>;
  readonly rows: VirtualRows;
  readonly label: string;
  /** How many items stand side by side in a row. */
  readonly columns: number;
  /** The items of a row. */
  readonly children: (row: number) => ComponentChildren;
}

/** A list in rows, and the room of those rows that are not there. */
export function RowList(
  { list, rows, label, columns, children }: RowListProps,
): VNode {
  return (
    <div
      ref={list}
      class="grid"
      role="list"
      aria-label={label}
      style={{
        paddingTop: `${rows.above}px`,
        paddingBottom: `${rows.below}px`,
      }}
    >
      {rows.items.map(({ index }) => (
        <div
          key={index}
          role="presentation"
          class="grid-row"
          data-index={index}
          ref={rows.measure}
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {children(index)}
        </div>
      ))}
    </div>
  );
}
