import type {
  AnchorsCut,
  AnchorsReport,
  CutSample,
} from "../anchors_report.ts";

/** A cut without its samples, which the page reads when they are asked for. */
export interface PageCut extends Omit<AnchorsCut, "samples"> {
  /** How many samples it has. */
  readonly count: number;
}

/** What the page of a report knows from the start. */
export interface PageData extends Omit<AnchorsReport, "cuts"> {
  /** The cuts, by how many sentences they keep. */
  readonly cuts: readonly PageCut[];
  /** The answers that have a colour of their own. */
  readonly series: readonly string[];
}

/** The samples of a cut, as the page reads them. */
export type PageSamples = readonly CutSample[];

/** What a page knows of a report from the start, with the answers that are to have a colour. */
export function pageData(
  report: AnchorsReport,
  series: readonly string[],
): PageData {
  const cuts = report.cuts.map(({ samples, ...cut }) => ({
    ...cut,
    count: samples.length,
  }));
  return { ...report, cuts, series };
}
