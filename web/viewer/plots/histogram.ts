import type { ValueCounts } from "./quantile.ts";

/** A bar of a histogram. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The ratio of a bar's upper and lower bounds: a quarter octave. */
const STEP = 2 ** 0.25;

/** The bars of a histogram in ascending order. Values below 1 count as 1, because the scale is logarithmic. */
export function histogramBars(counts: ValueCounts): HistogramBar[] {
  const bars = new Map<number, number>();
  for (const [value, count] of Object.entries(counts)) {
    const quarter = quarterOctave(Math.max(1, Number(value)));
    bars.set(quarter, (bars.get(quarter) ?? 0) + count);
  }
  return [...bars].sort(([a], [b]) => a - b)
    .map(([quarter, count]) => ({
      from: STEP ** quarter,
      to: STEP ** (quarter + 1),
      count,
    }));
}

/** The logarithm of a power of two may be slightly too small. */
function quarterOctave(value: number): number {
  return Math.floor(4 * Math.log2(value) + 1e-9);
}
