import { histogramBin } from "../../../src/viewer/histogram_bin.ts";

/** Counts by the lower end of a quarter of an octave, as the server's summaries hold them. */
export type Octaves = Readonly<Record<string, number>>;

/** A bar of a histogram. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A bar's upper end lies a quarter of an octave above its lower. */
const STEP = 2 ** 0.25;

/** The bars of a histogram, from the lowest on; what is below 1 counts as 1, which a scale by octaves needs. */
export function histogramBars(counts: Octaves): HistogramBar[] {
  return Object.entries(counts)
    .map(([key, count]) => {
      const from = Math.max(1, Number(key));
      return { from, to: from * STEP, count };
    })
    .sort((a, b) => a.from - b.from);
}

/** The histogram of values. */
export function histogramOf(values: Iterable<number>): Octaves {
  const counts: Record<string, number> = {};
  for (const value of values) {
    const key = histogramBin(value);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** About where a share of the values lies below, within the bar by its logarithm; null where there are none. */
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
