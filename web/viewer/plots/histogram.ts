import { histogramBin } from "../../../src/viewer/histogram_bin.ts";

/** Counts by the lower bound of a quarter octave, as in the server's summaries. */
export type Octaves = Readonly<Record<string, number>>;

/** A bar of a histogram. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The ratio of a bar's upper and lower bounds: a quarter octave. */
const STEP = 2 ** 0.25;

/** The bars of a histogram in ascending order. Values below 1 count as 1, because the scale is logarithmic. */
export function histogramBars(counts: Octaves): HistogramBar[] {
  return Object.entries(counts)
    .map(([key, count]) => {
      const from = Math.max(1, Number(key));
      return { from, to: from * STEP, count };
    })
    .sort((a, b) => a.from - b.from);
}

/** Computes the histogram of values. */
export function histogramOf(values: Iterable<number>): Octaves {
  const counts: Record<string, number> = {};
  for (const value of values) {
    const key = histogramBin(value);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Estimates a quantile by logarithmic interpolation in its bar. Returns `null` if there are no values. */
export function histogramQuantile(
  counts: Octaves,
  share: number,
): number | null {
  const bars = histogramBars(counts);
  const all = bars.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { from, count } of bars) {
    if (below + count >= share * all) {
      return from * STEP ** ((share * all - below) / count);
    }
    below += count;
  }
  return null;
}
