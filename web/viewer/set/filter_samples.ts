import type { Query } from "../route/route.ts";
import type { SampleRow } from "./sample_row.ts";

/** By what samples are filtered; an empty text stands for all. */
export interface SampleFilter {
  /** An answer behind `=`, such as `=42`; `none` for samples without one. */
  readonly answer: string;
  readonly finish: string;
  readonly provider: string;
  /** `right`, `wrong`, or empty. */
  readonly verdict: string;
}

/** The filter that an address holds. */
export function sampleFilter(query: Query): SampleFilter {
  const { answer = "", finish = "", provider = "", verdict = "" } = query;
  return { answer, finish, provider, verdict };
}

/** The samples that a filter lets through. */
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

/** An answer's name in an address. */
export function answerName(answer: string | null): string {
  return answer === null ? "none" : `=${answer}`;
}

/** Why a sample ended; `unusable` for one that cannot be used. */
export function finishName({ head }: SampleRow): string {
  return head.problem === null ? head.finishReason ?? "none" : "unusable";
}
