import type { Query } from "../route/route.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { finishName } from "./finish_name.ts";
import { isWithin, numberRange } from "./number_range.ts";
import {
  NUMBER_COLUMN_NAMES,
  NUMBER_COLUMNS,
  type NumberColumnName,
} from "./sample_columns.ts";

/** A filter for samples. An empty string matches all. */
export interface SampleFilter extends
  Readonly<
    Record<NumberColumnName, string>
  > {
  /** An answer after `=`, such as `=42`, or `none` for samples without one. */
  readonly answer: string;
  readonly finish: string;
  readonly provider: string;
  /** `right`, `wrong`, or empty. */
  readonly verdict: string;
}

/** A filter that matches all samples. */
export const NO_FILTER: SampleFilter = {
  answer: "",
  verdict: "",
  finish: "",
  provider: "",
  seed: "",
  tokens: "",
  cost: "",
  latency: "",
};

/** Parses the filter in an address. */
export function sampleFilter(query: Query): SampleFilter {
  const names = Object.keys(NO_FILTER) as (keyof SampleFilter)[];
  return Object.fromEntries(
    names.map((name) => [name, query[name] ?? ""]),
  ) as unknown as SampleFilter;
}

/** Returns the samples that match a filter. A text that is not a range filters nothing. */
export function filterSamples(
  rows: readonly SampleRow[],
  filter: SampleFilter,
): SampleRow[] {
  const { answer, finish, provider, verdict } = filter;
  const ranges = NUMBER_COLUMN_NAMES.flatMap((name) => {
    const range = filter[name] === "" ? null : numberRange(filter[name]);
    return range === null ? [] : [[NUMBER_COLUMNS[name], range] as const];
  });
  return rows.filter((row) =>
    (answer === "" || answerName(row.answer) === answer) &&
    (finish === "" || finishName(row) === finish) &&
    (provider === "" || (row.head.provider ?? "unknown") === provider) &&
    (verdict === "" || row.right === (verdict === "right")) &&
    ranges.every(([{ value }, range]) => isWithin(value(row.head), range))
  );
}

/** The value for an answer in an address. */
export function answerName(answer: string | null): string {
  return answer === null ? "none" : `=${answer}`;
}
