import { thinned } from "./histogram.ts";
import type { SetSummary, TimeTotals } from "../../../src/viewer/view_data.ts";

/** Totals over an interval of time, in Unix milliseconds. */
export interface TimeBar extends TimeTotals {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Familiar distances of labels. */
const APART = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48].map((hours) => hours * HOUR),
];

/** The minimum number of bars that an axis has room for. */
const LEAST = 4;

/** The bars of a summary in ascending order. Empty intervals are omitted. */
export function timeBars({ stepMs, bins }: SetSummary["times"]): TimeBar[] {
  return Object.entries(bins)
    .map(([start, totals]) => {
      const from = Number(start);
      return { from, to: from + stepMs, ...totals };
    })
    .sort((a, b) => a.from - b.from);
}

/** Returns the starts of intervals from the first bar to the last, and the end of the last one. */
export function timeEdges(bars: readonly TimeBar[]): number[] {
  const { from, to } = bars[0]!;
  const stepMs = to - from;
  const length = Math.max(LEAST, (bars.at(-1)!.to - from) / stepMs);
  return Array.from(
    { length: length + 1 },
    (_, place) => from + place * stepMs,
  );
}

/**
 * Returns times to label, at least two of them: full minutes, hours or days if possible.
 *
 * @param most How many labels fit side by side.
 */
export function timeTicks(edges: readonly number[], most: number): number[] {
  const lengthMs = edges.at(-1)! - edges[0]!;
  const apart = APART.find((apart) => apart * most >= lengthMs);
  const round = edges.filter((at) => apart !== undefined && at % apart === 0);
  return round.length < 2 ? thinned(edges, most) : round;
}
