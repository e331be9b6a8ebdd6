import type { SampleRow } from "../source/sample_row.ts";
import {
  isNumberColumn,
  NUMBER_COLUMNS,
  SAMPLE_COLUMNS,
  type SampleColumn,
  TEXT_COLUMNS,
} from "./sample_columns.ts";

/**
 * The keys that samples can be sorted by: the columns of the table, and those that only the list of orders
 * offers.
 */
export type SampleOrderName = SampleColumn | "reasoning" | "created";

const ORDERS: readonly SampleOrderName[] = [
  ...SAMPLE_COLUMNS,
  "reasoning",
  "created",
];

/** A sort column and direction. */
export interface SampleOrder {
  readonly by: SampleOrderName;
  readonly descending: boolean;
}

/** Parses the order in an address, such as `-cost`. The default is by seed. */
export function sampleOrder(text = ""): SampleOrder {
  const name = text.replace(/^-/, "");
  const by = ORDERS.find((order) => order === name);
  return by === undefined
    ? { by: "seed", descending: false }
    : { by, descending: text.startsWith("-") };
}

/** Sorts samples. Unknown values come last. */
export function sortSamples(
  rows: readonly SampleRow[],
  { by, descending }: SampleOrder,
): SampleRow[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row, by) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) {
      return Number(a.key === null) - Number(b.key === null) ||
        a.row.head.seed - b.row.head.seed;
    }
    return sign * compared(a.key, b.key) || a.row.head.seed - b.row.head.seed;
  });
  return keyed.map(({ row }) => row);
}

const TEXT_ORDER = new Intl.Collator("en", { numeric: true });

function compared(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : TEXT_ORDER.compare(String(a), String(b));
}

function keyOf(row: SampleRow, by: SampleOrderName): string | number | null {
  const { head } = row;
  if (by === "seed") return head.seed;
  if (head.problem !== null) return null;
  if (by === "reasoning") return head.reasoningTokens;
  if (by === "created") return head.created === 0 ? null : head.created;
  return isNumberColumn(by)
    ? NUMBER_COLUMNS[by].value(head)
    : TEXT_COLUMNS[by].value(row);
}
