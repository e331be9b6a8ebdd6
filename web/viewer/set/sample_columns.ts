import type { SampleHead } from "../../../src/viewer/view_data.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { dollars, duration, whole } from "../text/numbers.ts";
import { finishName } from "./finish_name.ts";

/** A column of numbers. */
export interface NumberColumn {
  readonly title: string;
  /** The value, or `null` if it is unknown; in the unit of the filter. */
  readonly value: (head: SampleHead) => number | null;
  /** Formats a value. */
  readonly text: (value: number) => string;
  /** The unit of the filter, such as `s`; empty for a count. */
  readonly unit: string;
}

/** The columns of numbers in a table of samples. */
export const NUMBER_COLUMNS = {
  seed: { title: "Seed", value: ({ seed }) => seed, text: String, unit: "" },
  tokens: {
    title: "Output tokens",
    value: ({ completionTokens }) => completionTokens,
    text: whole,
    unit: "",
  },
  cost: {
    title: "Cost",
    value: ({ costUsd }) => costUsd,
    text: dollars,
    unit: "$",
  },
  latency: {
    title: "Latency",
    value: ({ latencyMs }) => latencyMs === null ? null : latencyMs / 1000,
    text: (seconds) => duration(1000 * seconds),
    unit: "s",
  },
} as const satisfies Readonly<Record<string, NumberColumn>>;

/** The name of a column of numbers. */
export type NumberColumnName = keyof typeof NUMBER_COLUMNS;

export const NUMBER_COLUMN_NAMES = Object.keys(
  NUMBER_COLUMNS,
) as readonly NumberColumnName[];

/** The columns of texts in a table of samples. Unknown values are `null`. */
export const TEXT_COLUMNS = {
  answer: { title: "Answer", value: ({ answer }) => answer },
  right: {
    title: "Right",
    value: ({ right }) => right === null ? null : right ? "right" : "wrong",
  },
  provider: { title: "Provider", value: ({ head }) => head.provider },
  finish: { title: "Finish reason", value: finishName },
} as const satisfies Readonly<
  Record<string, {
    readonly title: string;
    readonly value: (row: SampleRow) => string | null;
  }>
>;

/** The columns of a table of samples, in their order. */
export const SAMPLE_COLUMNS = [
  "seed",
  "answer",
  "right",
  "tokens",
  "cost",
  "provider",
  "finish",
  "latency",
] as const satisfies readonly (NumberColumnName | keyof typeof TEXT_COLUMNS)[];

/** The name of a column. */
export type SampleColumn = typeof SAMPLE_COLUMNS[number];

/** Whether a column has numbers. */
export function isNumberColumn(
  column: SampleColumn,
): column is NumberColumnName {
  return Object.hasOwn(NUMBER_COLUMNS, column);
}
