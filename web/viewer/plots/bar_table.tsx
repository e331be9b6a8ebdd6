import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { percent, whole } from "../text/numbers.ts";
import { Bar } from "./bar.tsx";
import { useFirstRows } from "./use_first_rows.tsx";

/** A row of a {@linkcode BarTable}. */
export interface BarRow {
  readonly name: string;
  /** The label; by default the name. */
  readonly label?: ComponentChildren;
  readonly count: number;
  /** The name of an answer's color. */
  readonly color?: string;
  /** The cells after the bar. */
  readonly cells?: readonly ComponentChildren[];
  readonly pressed?: boolean;
  readonly onPress?: () => void;
}

/** A table with a bar in each row: an accessible plot. */
export interface BarTableProps {
  readonly title: string;
  /** The column headers: of the names, the bars, and the other cells. */
  readonly head: readonly string[];
  readonly rows: readonly BarRow[];
  /** The value of a bar of full length; by default the total. */
  readonly all?: number;
  readonly note?: string;
  /** The name of the figure in the style sheet. */
  readonly kind?: string;
}

/** The number of rows shown initially. */
const FIRST = 6;

/** Counts by name, with bars. A row with `onPress` is a filter. */
export function BarTable(
  { title, head, rows, all, note, kind = "" }: BarTableProps,
): VNode {
  const sum = all ?? rows.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const [shown, more] = useFirstRows(rows, FIRST);
  return (
    <figure class={`bars ${kind}`}>
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
                color={`a-${row.color ?? "plain"}`}
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
      {more}
    </figure>
  );
}

function Name({ row }: { readonly row: BarRow }): VNode {
  const { name, label, color, pressed, onPress } = row;
  const shown = (
    <span class="bar-name">
      {color !== undefined && <i class={`swatch a-${color}`} />}
      {label ?? <bdi>{name}</bdi>}
    </span>
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
