import type { ComponentChildren, RefObject, VNode } from "npm:preact@10.29.8";
import { CutNote } from "./cut_note.tsx";
import type { VirtualRows } from "./virtual_rows.ts";

/** The properties of a {@linkcode RowList}. */
export interface RowListProps {
  readonly list: RefObject<HTMLDivElement>;
  readonly rows: VirtualRows;
  readonly label: string;
  /** The number of items in the list. */
  readonly of: number;
  /** The number of items in a row. */
  readonly columns: number;
  /** Renders the items of a row. */
  readonly children: (row: number) => ComponentChildren;
}

/** A long list of which only the rows near the viewport are rendered. */
export function RowList(
  { list, rows, label, of, columns, children }: RowListProps,
): VNode {
  return (
    <>
      <CutNote cutTo={rows.cutTo} of={of} />
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
            style={{
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </>
  );
}
