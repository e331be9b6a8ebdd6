import type { AnchorsReport } from "../anchors_report.ts";

/** How many answers have a colour of their own: more cannot be told apart. */
const MOST = 5;

/** The answers that most continuations have: the right one first, then by how many have it. */
export function answerSeries(
  { cuts, truth }: Pick<AnchorsReport, "cuts" | "truth">,
): string[] {
  const counts = new Map<string, number>();
  for (const { answers } of cuts) {
    for (const [answer, count] of Object.entries(answers)) {
      counts.set(answer, (counts.get(answer) ?? 0) + count);
    }
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) =>
      Number(b === truth) - Number(a === truth) || countB - countA
    )
    .slice(0, MOST)
    .map(([answer]) => answer);
}
