import { openOnClick } from "../parts/open_on_click.ts";
import type { ComponentChildren, VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import { finishColor } from "../parts/finish_bar.tsx";
import { address, type Query } from "../route/route.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { AnswerText } from "./answer_text.tsx";
import { finishName } from "./finish_name.ts";
import {
  NUMBER_COLUMN_NAMES,
  NUMBER_COLUMNS,
  type NumberColumnName,
} from "./sample_columns.ts";
import { selectDifference } from "./select_difference.ts";

/** How many characters of an answer are shown. */
const ANSWER = 120;

/** The properties of a row. */
export interface SampleTableRowProps {
  /** The id of the set. */
  readonly set: string;
  readonly query: Query;
  readonly row: SampleRow;
  readonly place: number;
  /** The height in pixels. */
  readonly height: number;
  /** The name of its answer's color. */
  readonly color: string;
  /** Whether the row has the keyboard focus of the table. */
  readonly current: boolean;
  readonly onCurrent: (place: number) => void;
}

/** A sample as a row of the table, drawn again only if something in it changes. A click anywhere opens it. */
export function SampleTableRow(props: SampleTableRowProps): VNode {
  return useMemo(() => <Row {...props} />, Object.values(props));
}

function Row(props: SampleTableRowProps): VNode {
  const { set, query, row, place, height, color, current, onCurrent } = props;
  const { head, answer, right } = row;
  const { diff, ...kept } = query;
  const target = address(["set", set, head.name], kept);
  const marked = diff === head.name;
  const cells: Readonly<Record<string, ComponentChildren>> = {
    answer: head.problem !== null
      ? <span class="none">unusable: {head.problem}</span>
      : (
        <>
          <i class={`swatch a-${color}`} />
          <AnswerText answer={answer} length={ANSWER} />
        </>
      ),
    right: right === null
      ? <span class="none">–</span>
      : right
      ? <span class="met">✓ right</span>
      : <span class="missed">✗ wrong</span>,
    provider: <bdi>{head.provider ?? "–"}</bdi>,
    finish: head.problem !== null ? null : (
      <>
        <i class={`swatch ${finishColor(finishName(row))}`} />
        <bdi>{finishName(row)}</bdi>
      </>
    ),
  };
  const numbers = Object.fromEntries(
    NUMBER_COLUMN_NAMES.map((name) => [name, numberText(row, name)]),
  );
  return (
    <tr
      role="row"
      aria-rowindex={place + 2}
      class={`${marked ? "picked" : ""}${current ? " current" : ""}`}
      style={{ height: `${height}px` }}
      onFocusIn={() => onCurrent(place)}
      onClick={openOnClick(target)}
    >
      <td role="cell" class="pick">
        <label>
          <input
            type="checkbox"
            tabIndex={current ? 0 : -1}
            checked={marked}
            disabled={head.problem !== null}
            onChange={() => selectDifference(set, head.name, query)}
          />
          <span class="heard">Compare seed {head.seed}</span>
        </label>
      </td>
      <th role="rowheader" scope="row" class="seed">
        <a
          href={target}
          data-place={place}
          tabIndex={current ? 0 : -1}
          aria-label={`Seed ${head.seed}`}
        >
          {head.seed}
        </a>
      </th>
      <td role="cell" class="answer">{cells.answer}</td>
      <td role="cell" class="right">{cells.right}</td>
      <td
        role="cell"
        class="tokens"
        data-label={numbers.tokens === "–" ? undefined : "tokens"}
      >
        {numbers.tokens}
      </td>
      <td role="cell" class="cost">{numbers.cost}</td>
      <td role="cell" class="provider">{cells.provider}</td>
      <td role="cell" class="finish">{cells.finish}</td>
      <td role="cell" class="latency">{numbers.latency}</td>
    </tr>
  );
}

function numberText({ head }: SampleRow, name: NumberColumnName): string {
  const { value, text } = NUMBER_COLUMNS[name];
  const known = head.problem === null || name === "seed" ? value(head) : null;
  return known === null ? "–" : text(known);
}
