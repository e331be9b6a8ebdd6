import type {
  AnchorsCut,
  AnchorsReport,
  CutSample,
} from "../anchors_report.ts";

/** A cut without its samples, which the page reads only when they are shown. */
export interface PageCut extends Omit<AnchorsCut, "samples"> {
  readonly count: number;
}

/** The data of a report's page, without the samples. */
export interface PageData extends Omit<AnchorsReport, "cuts"> {
  /** The cuts, by the number of sentences that they keep. */
  readonly cuts: readonly PageCut[];
  /** The answers with their own color. */
  readonly series: readonly string[];
  /** Whether the meanings of sentences were compared, by embeddings. */
  readonly hasSimilarities: boolean;
}

/** The samples of a cut, as the page reads them. */
export type PageSamples = readonly CutSample[];

export function pageData(
  report: AnchorsReport,
  series: readonly string[],
): PageData {
  const cuts = report.cuts.map(({ samples, ...cut }) => ({
    ...cut,
    count: samples.length,
  }));
  const hasSimilarities = report.cuts.some(({ samples }) =>
    samples.some(({ similarity }) => similarity !== null)
  );
  return { ...report, cuts, series, hasSimilarities };
}

/** The maximum number of answers with their own color. More colors would be hard to distinguish. */
export const ANSWER_COLORS = 5;

/** The answers with their own color: the correct one, even if no sample has it, then the most frequent. */
export function answerSeries(
  { cuts, truth }: Pick<AnchorsReport, "cuts" | "truth">,
): string[] {
  const counts = new Map<string, number>(truth === null ? [] : [[truth, 0]]);
  for (const { answers } of cuts) {
    for (const [answer, count] of Object.entries(answers)) {
      counts.set(answer, (counts.get(answer) ?? 0) + count);
    }
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) =>
      Number(b === truth) - Number(a === truth) || countB - countA
    )
    .slice(0, ANSWER_COLORS)
    .map(([answer]) => answer);
}
