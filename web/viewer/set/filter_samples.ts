import { endingOf } from "../../../src/viewer/ending_of.ts";
import type { Query } from "../route/route.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** A filter for samples. An empty string matches all. */
export interface SampleFilter {
  /** An answer after `=`, such as `=42`, or `none` for samples without one. */
  readonly answer: string;
  readonly finish: string;
  readonly provider: string;
  /** `right`, `wrong`, or empty. */
  readonly verdict: string;
}

/** Parses the filter in an address. */
export function sampleFilter(query: Query): SampleFilter {
  const { answer = "", finish = "", provider = "", verdict = "" } = query;
  return { answer, finish, provider, verdict };
}

/** Returns the samples that match a filter. */
export function filterSamples(
  rows: readonly SampleRow[],
  { answer, finish, provider, verdict }: SampleFilter,
): SampleRow[] {
  return rows.filter((row) =>
    (answer === "" || answerName(row.answer) === answer) &&
    (finish === "" || finishName(row) === finish) &&
    (provider === "" || (row.head.provider ?? "unknown") === provider) &&
    (verdict === "" || row.right === (verdict === "right"))
  );
}

/** The value for an answer in an address. */
export function answerName(answer: string | null): string {
  return answer === null ? "none" : `=${answer}`;
}

/** How a sample ended: `refusal`, its finish reason, or `unusable`. */
export function finishName({ head }: SampleRow): string {
  return head.problem === null ? endingOf(head) : "unusable";
}
