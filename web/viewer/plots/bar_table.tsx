import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useState } from "npm:preact@10.29.8/hooks";
import { percent, whole } from "../text/numbers.ts";
import { Bar } from "./bar.tsx";
import { ShowAll } from "./show_all.tsx";

/** A row of a table whose numbers are drawn as bars. */
export interface BarRow {
  readonly name: string;
  /** What is shown of the name; the name itself by default. */
  readonly label?: ComponentChildren;
  readonly count: number;
  /** The name of a colour of an answer. */
  readonly colour?: string;
  /** Cells behind the bar. */
  readonly cells?: readonly ComponentChildren[];
  readonly pressed?: boolean;
  readonly onPress?: () => void;
}

/** A table with a bar in each row: a plot that everybody can read. */
export interface BarTableProps {
  readonly title: string;
  /** The heads of the columns: of the names, the bars, and the cells behind. */
  readonly head: readonly string[];
  readonly rows: readonly BarRow[];
  /** What a bar of full length stands for; the sum of all by default. */
  readonly all?: number;
  readonly note?: string;
}

/** Rows that are shown at first. */
const FIRST = 6;

/** Counts by name, with bars. A row that can be pressed filters. */
export function BarTable(
  { title, head, rows, all, note }: BarTableProps,
): VNode {
  const [open, setOpen] = useState(false);
  const sum = all ?? rows.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const shown = open || rows.length <= FIRST + 1 ? rows : rows.slice(0, FIRST);
  return (
    <figure class="bars">
      <figcaption>
        <h3>{title}</h3>
        {note !== undefined && <span class="note">{note}</span>}
      </figcaption>
      <table aria-label={title}>
        <thead>
          <tr>{head.map((name) => <th scope="col" key={name}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.name} class={row.pressed ? "chosen" : undefined}>
              <th scope="row">
                <Name row={row} />
              </th>
              <Bar
                share={row.count / most}
                colour={`a-${row.colour ?? "plain"}`}
              >
                {whole(row.count)}{" "}
                <span class="share">
                  {percent(sum === 0 ? 0 : row.count / sum)}
                </span>
              </Bar>
              {row.cells?.map((cell, place) => <td key={place}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <ShowAll
        shown={shown.length}
        of={rows.length}
        onPress={() => setOpen(true)}
      />
    </figure>
  );
}

function Name({ row }: { readonly row: BarRow }): VNode {
  const { name, label, colour, pressed, onPress } = row;
  const shown = (
    <>
      {colour !== undefined && <i class={`swatch a-${colour}`} />}
      {label ?? <bdi>{name}</bdi>}
    </>
  );
  return onPress === undefined ? shown : (
    <button
      type="button"
      class="name"
      aria-pressed={pressed ?? false}
      onClick={onPress}
    >
      {shown}
    </button>
  );
}
