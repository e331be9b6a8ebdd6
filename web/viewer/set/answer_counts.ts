import type { SampleRow } from "./sample_row.ts";

/** How many samples have an answer. */
export interface AnswerCount {
  /** The answer; null for the samples without one. */
  readonly answer: string | null;
  readonly count: number;
}

/** How many answers have a colour of their own: more cannot be told apart. */
const COLOURS = 5;

/** The answers of samples that can be used: the most frequent first, and those without one last. */
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

/** The name of each answer's colour: the right one has the first, as in a report on a resampled thought. */
export function answerColours(
  counts: readonly AnswerCount[],
  truth: string | null,
): (answer: string | null) => string {
  const named = counts.map(({ answer }) => answer)
    .filter((answer) => answer !== null);
  const first = truth !== null && named.includes(truth) ? [truth] : [];
  const order = [...first, ...named.filter((answer) => answer !== first[0])];
  const names = new Map(
    order.slice(0, COLOURS).map((answer, i) => [answer, i]),
  );
  return (answer) =>
    answer === null ? "none" : String(names.get(answer) ?? "other");
}
