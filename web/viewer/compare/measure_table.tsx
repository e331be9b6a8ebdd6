import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import type { Share } from "../plots/share.ts";
import { percent, whole } from "../text/numbers.ts";

/** A column of a table of measures. */
export interface MeasureColumn<Row> {
  readonly title: string;
  /** The kind of its numbers, such as `median, quartiles`. */
  readonly method?: string;
  readonly cell: (row: Row) => ComponentChildren;
}

/** The properties of a {@linkcode MeasureTable}. */
export interface MeasureTableProps<Row> {
  readonly label: string;
  /** The title of the first column. */
  readonly first: string;
  readonly columns: readonly MeasureColumn<Row>[];
  readonly rows: readonly Row[];
  /** Renders the head of a row. */
  readonly head: (row: Row, place: number) => ComponentChildren;
}

/** A wide table that scrolls by itself. In a narrow window its rows are cards, and each cell has its title. */
export function MeasureTable<Row>(
  { label, first, columns, rows, head }: MeasureTableProps<Row>,
): VNode {
  return (
    <div
      class="wide-table measure-table"
      role="region"
      aria-label={label}
      tabIndex={0}
      data-scrolls
    >
      <table role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">{first}</th>
            {columns.map(({ title, method }) => (
              <th role="columnheader" scope="col" key={title}>
                {title} {method !== undefined && <small>{method}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, place) => (
            <tr role="row" key={place}>
              <th role="rowheader" scope="row">{head(row, place)}</th>
              {columns.map(({ title, method = "", cell }) => (
                <td
                  role="cell"
                  key={title}
                  data-label={title}
                  data-method={method}
                >
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value, and what belongs to it in a second line. */
export function MeasureValue(
  { value, more, isStrong = false }: {
    readonly value: string;
    readonly more: ComponentChildren;
    readonly isStrong?: boolean;
  },
): VNode {
  return (
    <>
      {isStrong ? <b>{value}</b> : value} <span class="share">{more}</span>
    </>
  );
}

/** A share with its interval, and what it is a share of. */
export function ShareValue(
  { share, of }: { readonly share: Share | null; readonly of: string },
): VNode {
  if (share === null) return <>–</>;
  const { value, low, high, hits, trials } = share;
  return (
    <MeasureValue
      value={percent(value)}
      more={`${percent(low)} to ${percent(high)}; ${whole(hits)} of ${
        whole(trials)
      } ${of}`}
    />
  );
}
