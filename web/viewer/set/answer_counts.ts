import { ANSWER_COLORS } from "../../../src/resampling/report/page_data.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** How many samples have an answer. */
export interface AnswerCount {
  /** The answer, or `null` for the samples without one. */
  readonly answer: string | null;
  readonly count: number;
}

/** Counts the answers of usable samples: the most frequent first, those without one last. */
export function answerCounts(rows: readonly SampleRow[]): AnswerCount[] {
  const counts = new Map<string | null, number>();
  for (const { head, answer } of rows) {
    if (head.problem !== null) continue;
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts]
    .map(([answer, count]) => ({ answer, count }))
    .sort((a, b) =>
      Number(a.answer === null) - Number(b.answer === null) ||
      b.count - a.count ||
      a.answer!.localeCompare(b.answer!, "en", { numeric: true })
    );
}

/** Returns the name of each answer's color. The right one has the first, even if no sample has it. */
export function answerColors(
  counts: readonly AnswerCount[],
  truth: string | null,
): (answer: string | null) => string {
  const named = counts.map(({ answer }) => answer)
    .filter((answer) => answer !== null);
  const first = truth === null ? [] : [truth];
  const order = [...first, ...named.filter((answer) => answer !== truth)];
  const names = new Map(
    order.slice(0, ANSWER_COLORS).map((answer, i) => [answer, i]),
  );
  return (answer) =>
    answer === null ? "none" : String(names.get(answer) ?? "other");
}
