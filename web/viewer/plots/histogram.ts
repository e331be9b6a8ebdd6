import type { ValueCounts } from "./quantile.ts";

/** The bins of histograms that share an axis. */
export interface HistogramBins {
  readonly scale: "linear" | "log";
  /** The bounds of the bins in ascending order; the first bin of a logarithmic scale may begin at 0. */
  readonly edges: readonly number[];
}

/** A bar of a histogram: values from its lower bound on, and below the upper one. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Values that differ by a larger factor are shown on a logarithmic scale. */
const LINEAR_RATIO = 8;

/** About how many bins a linear scale has, at most and at least. */
const MOST = 15;
const LEAST = 4;

/** Round numbers that divide a decade of a logarithmic scale evenly: the R10 series of ISO 3. */
const DECADE = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8];

/** Chooses bins with round bounds for values that are not negative, of which there is at least one. */
export function histogramBins(counts: readonly ValueCounts[]): HistogramBins {
  const values = counts.flatMap((own) => Object.keys(own).map(Number));
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const highest = values.reduce((a, b) => Math.max(a, b));
  return highest <= LINEAR_RATIO * Math.max(1, lowest)
    ? { scale: "linear", edges: linearEdges(lowest, highest) }
    : { scale: "log", edges: logEdges(lowest, highest) };
}

/** Returns a bar for each bin. */
export function histogramBars(
  counts: ValueCounts,
  { edges }: HistogramBins,
): HistogramBar[] {
  const bars = edges.slice(1).map((to, place) => ({
    from: edges[place]!,
    to,
    count: 0,
  }));
  for (const [value, count] of Object.entries(counts)) {
    bars.find(({ to }) => Number(value) < to)!.count += count;
  }
  return bars;
}

/** Returns bounds of bins to label, at least two of them: round ones if possible. */
export function histogramTicks(
  { scale, edges }: HistogramBins,
  most: number,
): number[] {
  if (scale === "linear") {
    const step = edges[1]! - edges[0]!;
    const apart = roundStep(step * Math.ceil(edges.length / most));
    const round = edges.filter((edge) => edge % apart === 0);
    return thinned(round.length < 2 ? edges : round, most);
  }
  const decimals = edges.filter((edge) =>
    edge === 0 || /^[125]0*$/.test(String(edge))
  );
  const decades = edges.filter((edge) => /^10*$/.test(String(edge)));
  const isTight = decimals.length > most && decades.length > 1;
  return thinned(isTight ? decades : decimals, most);
}

/** Returns every second or third tick and so on, so that few enough are left. */
export function thinned(ticks: readonly number[], most: number): number[] {
  const every = Math.ceil(ticks.length / Math.max(2, Math.floor(most)));
  return ticks.filter((_, place) => place % every === 0);
}

function linearEdges(lowest: number, highest: number): number[] {
  const step = roundStep((highest - lowest) / MOST);
  let first = Math.floor(lowest / step);
  let last = Math.floor(highest / step) + 1;
  // A single value is in the middle.
  while (last - first < LEAST) {
    if (first > 0) first--;
    last++;
  }
  return Array.from(
    { length: last - first + 1 },
    (_, place) => (first + place) * step,
  );
}

/** Returns the smallest of 1, 2, 5, 10, 20, 50 and so on that is not less. */
function roundStep(least: number): number {
  let decade = 1;
  while (10 * decade < least) decade *= 10;
  return decade * ([1, 2, 5].find((factor) => factor * decade >= least) ?? 10);
}

function logEdges(lowest: number, highest: number): number[] {
  const edges: number[] = lowest < 1 ? [0] : [];
  for (let decade = 1; (edges.at(-1) ?? 0) <= highest; decade *= 10) {
    // The values are whole numbers: below 10, bins between them would be empty.
    const within = decade === 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : DECADE;
    edges.push(...within.map((factor) => Number((factor * decade).toFixed(2))));
  }
  const first = edges.findLastIndex((edge) => edge <= lowest);
  const last = edges.findIndex((edge) => edge > highest);
  return edges.slice(first, last + 1);
}
