import type { VNode } from "npm:preact@10.29.8";
import { useRef } from "npm:preact@10.29.8/hooks";
import { CutNote } from "../parts/cut_note.tsx";
import { Spacer } from "../parts/spacer.tsx";
import { TableHead } from "../parts/table_head.tsx";
import { useMedia } from "../parts/use_media.ts";
import { useVirtualRows } from "../parts/virtual_rows.ts";
import { useKeys } from "../route/use_keys.ts";
import {
  isNumberColumn,
  NUMBER_COLUMNS,
  SAMPLE_COLUMNS,
  TEXT_COLUMNS,
} from "./sample_columns.ts";
import type { SampleListProps } from "./sample_grid.tsx";
import { SampleTableRow } from "./sample_table_row.tsx";
import { sampleOrder } from "./sort_samples.ts";
import { useCurrentSample } from "./use_current_sample.ts";

/** The heights of a row in pixels, as in the style sheet. */
const HEIGHT = { wide: 34, narrow: 64, narrowest: 86 };

/** A table of samples, of which only the rows near the viewport are rendered. */
export function SampleTable(
  { view: { query }, set, rows, color }: SampleListProps,
): VNode {
  const narrow = useMedia("(max-width: 900px)");
  const narrowest = useMedia("(max-width: 374px)");
  const body = useRef<HTMLTableSectionElement>(null);
  const height = narrowest
    ? HEIGHT.narrowest
    : narrow
    ? HEIGHT.narrow
    : HEIGHT.wide;
  const virtual = useVirtualRows(body, {
    count: rows.length,
    height,
    covered: 100,
    overscan: 12,
  });
  const current = useCurrentSample({
    set: set.id,
    query,
    rows,
    list: body,
    scrollTo: virtual.scrollTo,
  });
  // Outside the table these keys scroll the page.
  const within = (act: () => void) => () => current.isWithin() && act();
  useKeys({
    ArrowDown: within(current.step(1)),
    ArrowUp: within(current.step(-1)),
    Home: within(() => current.focus(0)),
    End: within(() => current.focus(rows.length - 1)),
  });
  return (
    <section aria-label="Samples">
      <CutNote cutTo={virtual.cutTo} of={rows.length} />
      <table
        class="row-table sample-table"
        role="table"
        aria-label="Samples"
        aria-rowcount={rows.length + 1}
      >
        <TableHead
          columns={SAMPLE_COLUMNS}
          title={(column) =>
            isNumberColumn(column)
              ? NUMBER_COLUMNS[column].title
              : TEXT_COLUMNS[column].title}
          sorted={sampleOrder(query.sort)}
          descends={(column) => isNumberColumn(column) && column !== "seed"}
        />
        <tbody role="rowgroup" ref={body}>
          <Spacer height={virtual.above} />
          {virtual.items.map(({ index }) => {
            const row = rows[index];
            return row && (
              <SampleTableRow
                key={row.head.name}
                set={set.id}
                query={query}
                row={row}
                place={index}
                height={height}
                color={color(row.answer)}
                current={index === current.place}
                onCurrent={current.moveTo}
              />
            );
          })}
          <Spacer height={virtual.below} />
        </tbody>
      </table>
    </section>
  );
}
