import type { VNode } from "npm:preact@10.29.8";
import { useMemo, useRef } from "npm:preact@10.29.8/hooks";
import type { SampleSet } from "../../../src/viewer/view_data.ts";
import { CutNote } from "../parts/cut_note.tsx";
import { Spacer } from "../parts/spacer.tsx";
import { TableHead } from "../parts/table_head.tsx";
import { useMedia } from "../parts/use_media.ts";
import { useVirtualRows } from "../parts/virtual_rows.ts";
import { lastOpenedSet } from "../route/last_opened.ts";
import type { Query } from "../route/route.ts";
import { useKeys } from "../route/use_keys.ts";
import { picked } from "./comparison_bar.tsx";
import { SetRow } from "./set_row.tsx";
import type { SetColumn, SetOrder } from "./sort_sets.ts";

/** The heights of a row in pixels, as in the style sheet. */
const HEIGHT = { wide: 62, narrow: 152 };

const COLUMNS: Readonly<Record<SetColumn, string>> = {
  prompt: "Prompt",
  model: "Model",
  parameters: "Parameters",
  samples: "Samples",
  finish: "Finish reason",
  tokens: "Output tokens",
  cost: "Cost",
  newest: "Last sample",
};

const COLUMN_NAMES = Object.keys(COLUMNS) as readonly SetColumn[];

const TEXTS: readonly SetColumn[] = ["prompt", "model", "parameters", "finish"];

/** The table of sets, of which only the rows near the viewport are rendered. */
export function SetTable(
  { sets, order, parameters, query }: {
    readonly sets: readonly SampleSet[];
    readonly order: SetOrder;
    /** The visible parameters, or `null` for all. */
    readonly parameters: readonly string[] | null;
    readonly query: Query;
  },
): VNode {
  const narrow = useMedia("(max-width: 900px)");
  const body = useRef<HTMLTableSectionElement>(null);
  const height = narrow ? HEIGHT.narrow : HEIGHT.wide;
  const rows = useVirtualRows(body, {
    count: sets.length,
    height,
    covered: 100,
  });
  const wanted = useRef<number | null>(null);
  const step = (by: number) => () => {
    const at = sets.findIndex(({ id }) =>
      document.activeElement?.id === `row-${id}`
    );
    const opened = sets.findIndex(({ id }) => id === lastOpenedSet());
    const next = at < 0 ? opened : at + by;
    const to = Math.min(sets.length - 1, Math.max(0, next));
    wanted.current = to;
    rows.scrollTo(to);
    focusWanted();
  };
  const focusWanted = () => {
    const id = wanted.current === null ? undefined : sets[wanted.current]?.id;
    const link = id === undefined ? null : document.getElementById(`row-${id}`);
    if (link === null) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  };
  useKeys({ j: step(1), k: step(-1) });
  const chosen = picked(query);
  const hasOwnSystem = useMemo(() => differingSystems(sets), [sets]);

  return (
    <section aria-label="Sets">
      <CutNote cutTo={rows.cutTo} of={sets.length} />
      <table
        class="row-table set-table"
        role="table"
        aria-label="Sets"
        aria-rowcount={sets.length + 1}
      >
        <TableHead
          columns={COLUMN_NAMES}
          title={(column) => COLUMNS[column]}
          sorted={{ by: order.column, descending: order.descending }}
          descends={(column) => !TEXTS.includes(column)}
        />
        <tbody role="rowgroup" ref={body}>
          <Spacer height={rows.above} />
          {rows.items.map(({ index }) => {
            const set = sets[index];
            return set && (
              <SetRow
                key={set.id}
                set={set}
                index={index}
                height={height}
                parameters={parameters}
                system={hasOwnSystem(set) ? set.systemStart ?? "none" : null}
                picked={chosen.includes(set.id)}
                onMount={focusWanted}
              />
            );
          })}
          <Spacer height={rows.below} />
        </tbody>
      </table>
    </section>
  );
}

/** Returns whether a set has the prompt of another with another system message. */
function differingSystems(
  sets: readonly SampleSet[],
): (set: SampleSet) => boolean {
  const systems = new Map<string, Set<string | null>>();
  for (const { promptStart, systemStart } of sets) {
    const known = systems.get(promptStart) ?? new Set();
    systems.set(promptStart, known.add(systemStart));
  }
  return ({ promptStart }) => systems.get(promptStart)!.size > 1;
}
