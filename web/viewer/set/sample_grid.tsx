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
import { choose, goTo } from "../route/use_route.ts";
import type { View } from "../source/view.ts";
import { columnsChosen, columnsShown, MOST_COLUMNS } from "./columns.ts";
import { SampleCard } from "./sample_card.tsx";
import type { SampleRow } from "../source/sample_row.ts";

/** The properties of a grid of samples. */
export interface SampleGridProps {
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
  { view, set, samples, rows, color, hits }: SampleGridProps,
): VNode {
  const list = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(innerWidth);
  const [current, setCurrent] = useState(0);
  // The target of the last key: the next one may arrive before the samples are rendered.
  const at = useRef(0);
  const wanted = useRef(false);
  const chosen = columnsChosen(view.query);
  const columns = columnsShown(chosen, width);
  const lines = Math.ceil(rows.length / columns);
  const virtual = useVirtualRows(list, {
    count: lines,
    height: columns > 3 ? 420 : 480,
    covered: 64,
  });
  const moveTo = (place: number) => {
    at.current = place;
    setCurrent(place);
  };

  useLayoutEffect(() => {
    const update = () => setWidth(list.current?.clientWidth ?? innerWidth);
    const observer = new ResizeObserver(update);
    observer.observe(list.current!);
    update();
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => moveTo(0), [rows[0]?.head.name]);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const card = list.current?.querySelector<HTMLElement>(
      `[data-place="${current}"]`,
    );
    if (card) {
      wanted.current = false;
      card.focus({ preventScroll: true });
    }
  });

  const within = () =>
    wanted.current || list.current!.contains(document.activeElement);
  const step = (by: number) => () => {
    const to = within() ? at.current + by : at.current;
    if (rows[to] === undefined) return;
    wanted.current = true;
    moveTo(to);
    virtual.scrollTo(Math.floor(to / columns));
  };
  const marked = view.query.diff ?? "";
  const toggleDifference = () => {
    const name = rows[at.current]?.head.name;
    if (name === undefined) return;
    if (marked === "" || marked === name) {
      choose({ diff: marked === name ? "" : name });
    } else goTo(["set", set.id], { ...view.query, diff: `${marked} ${name}` });
  };
  useKeys({
    j: step(1),
    k: step(-1),
    ArrowRight: step(1),
    ArrowLeft: step(-1),
    // Outside the samples these keys scroll the page.
    ArrowDown: () => within() && step(columns)(),
    ArrowUp: () => within() && step(-columns)(),
    d: toggleDifference,
    Escape: () => marked === "" ? goTo([]) : choose({ diff: "" }),
    ...Object.fromEntries(
      Array.from({ length: MOST_COLUMNS }, (_, i) => [
        String(i + 1),
        () => choose({ columns: String(i + 1) }),
      ]),
    ),
  });

  return (
    <RowList list={list} rows={virtual} label="Samples" columns={columns}>
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
                current={place === current}
                marked={marked === row.head.name}
                onCurrent={() => moveTo(place)}
              />
            );
          })}
    </RowList>
  );
}
