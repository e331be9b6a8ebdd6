import type { VNode } from "npm:preact@10.29.8";
import { useLayoutEffect, useRef, useState } from "npm:preact@10.29.8/hooks";
import type {
  SampleSet,
  SearchHit,
  SetSamples,
} from "../../../src/viewer/view_data.ts";
import { RowList } from "../parts/row_list.tsx";
import { useVirtualRows } from "../parts/virtual_rows.ts";
import { useKeys } from "../route/use_keys.ts";
import { choose } from "../route/use_route.ts";
import type { View } from "../source/view.ts";
import { columnsChosen, columnsShown, MOST_COLUMNS } from "./columns.ts";
import { SampleCard } from "./sample_card.tsx";
import type { SampleRow } from "../source/sample_row.ts";
import { useCurrentSample } from "./use_current_sample.ts";

/** The properties of a list of samples. */
export interface SampleListProps {
  readonly view: View;
  readonly set: SampleSet;
  readonly samples: SetSamples;
  readonly rows: readonly SampleRow[];
  /** The name of an answer's color. */
  readonly color: (answer: string | null) => string;
  /** The search hits by sample name. */
  readonly hits: ReadonlyMap<string, SearchHit> | null;
}

/** A grid of samples, of which only those near the viewport are rendered. */
export function SampleGrid(
  { view, set, samples, rows, color, hits }: SampleListProps,
): VNode {
  const list = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(innerWidth);
  const chosen = columnsChosen(view.query);
  const columns = columnsShown(chosen, width);
  const virtual = useVirtualRows(list, {
    count: Math.ceil(rows.length / columns),
    columns,
    height: columns > 3 ? 420 : 480,
    covered: 64,
  });
  const current = useCurrentSample({
    set: set.id,
    query: view.query,
    rows,
    list,
    scrollTo: (place) => virtual.scrollTo(Math.floor(place / columns)),
  });

  useLayoutEffect(() => {
    const update = () => setWidth(list.current?.clientWidth ?? innerWidth);
    const observer = new ResizeObserver(update);
    observer.observe(list.current!);
    update();
    return () => observer.disconnect();
  }, []);

  const { step, isWithin } = current;
  useKeys({
    ArrowRight: step(1),
    ArrowLeft: step(-1),
    // Outside the samples these keys scroll the page.
    ArrowDown: () => isWithin() && step(columns)(),
    ArrowUp: () => isWithin() && step(-columns)(),
    ...Object.fromEntries(
      Array.from({ length: MOST_COLUMNS }, (_, i) => [
        String(i + 1),
        () => choose({ columns: String(i + 1) }),
      ]),
    ),
  });

  return (
    <RowList
      list={list}
      rows={virtual}
      label="Samples"
      of={rows.length}
      columns={columns}
    >
      {(index) =>
        rows.slice(index * columns, (index + 1) * columns)
          .map((row, column) => {
            const place = index * columns + column;
            return (
              <SampleCard
                key={row.head.name}
                view={view}
                set={set}
                prefill={samples.prefill}
                row={row}
                color={color(row.answer)}
                hit={hits?.get(row.head.name) ?? null}
                place={place}
                of={rows.length}
                current={place === current.place}
                marked={view.query.diff === row.head.name}
                onCurrent={() => current.moveTo(place)}
              />
            );
          })}
    </RowList>
  );
}
