import {
  areaY,
  axisX,
  axisY,
  gridY,
  lineY,
  rectY,
  ruleX,
  ruleY,
} from "npm:@observablehq/plot@0.6.17";
import type { Markish } from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useCallback, useMemo } from "npm:preact@10.29.8/hooks";
import { percent, whole } from "../text/numbers.ts";
import {
  type HistogramBar,
  histogramBars,
  histogramBins,
  histogramTicks,
} from "./histogram.ts";
import { PlotFigure } from "./plot_figure.tsx";
import { PLOT_MARGINS } from "./plot_margins.ts";
import { countedMedian, type ValueCounts } from "./quantile.ts";

/** The width of a label in pixels, with the space next to it. */
const LABEL = 54;

/** A histogram, or several overlaid ones, with at least one value. */
export interface HistogramPlotProps {
  readonly title: string;
  /** The histograms, each with its name and color. */
  readonly series: readonly HistogramSeries[];
  /** Formats a value. */
  readonly text: (value: number) => string;
  /** Formats the bound of a bin exactly. */
  readonly edge: (value: number) => string;
}

/** One histogram of a plot. */
export interface HistogramSeries {
  readonly name: string;
  /** The name of a color in the style sheet. */
  readonly color: string;
  readonly counts: ValueCounts;
}

/** Shows histograms with the same bins: one as counts, several as shares. */
export function HistogramPlot(
  { title, series, text, edge }: HistogramPlotProps,
): VNode {
  const several = series.length > 1;
  const medians = series.map(({ counts }) => countedMedian(counts));
  const bins = useMemo(
    () => histogramBins(series.map(({ counts }) => counts)),
    [series],
  );
  const bars = series.map(({ counts }) => histogramBars(counts, bins));
  const draw = useCallback((width: number) => {
    const { scale, edges } = bins;
    const { left, right } = PLOT_MARGINS;
    const x = drawn(scale);
    return {
      width,
      x: {
        type: scale,
        domain: [x(edges[0]!), edges.at(-1)!],
        label: null,
      },
      y: { label: null, nice: 4 },
      marks: [
        gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
        ...bars.flatMap((bars, place) =>
          several
            ? stepMarks(bars, { color: `var(--${series[place]!.color})`, x })
            : barMarks(bars, x)
        ),
        ruleY([0], { stroke: "var(--muted)" }),
        ...medians.map((median, place) =>
          ruleX(median === null ? [] : [x(median)], {
            stroke: several ? `var(--${series[place]!.color})` : "var(--ink)",
            strokeDasharray: "3 3",
            strokeWidth: several ? 2 : 1,
          })
        ),
        axisX(histogramTicks(bins, (width - left - right) / LABEL).map(x), {
          tickSize: 4,
          // As a format, a logarithmic scale would omit labels.
          text: (at: number) => edge(scale === "log" && at < 1 ? 0 : at),
        }),
        axisY({
          ticks: 4,
          tickSize: 0,
          label: several ? "share of samples" : "samples",
          labelArrow: "none",
          tickFormat: several ? (value: number) => percent(value) : wholeOnly,
        }),
      ],
    };
  }, [bins, edge]);
  const median = series.map(({ name }, place) => {
    const value = medians[place] ?? null;
    const said = value === null ? "none" : text(value);
    return several ? `${name}: ${said}` : said;
  });
  return (
    <PlotFigure
      title={title}
      note={`median ${median.join(", ")}${
        bins.scale === "log" ? "; log scale" : ""
      }`}
      description={`Histogram; median ${median.join(", ")}.`}
      draw={draw}
      table={{
        head: ["From", ...series.map(({ name }) => name)],
        rows: bins.edges.slice(0, -1).flatMap((from, place) => {
          const counts = bars.map((bars) => bars[place]!.count);
          const isEmpty = counts.every((count) => count === 0);
          return isEmpty ? [] : [[edge(from), ...counts.map(whole)]];
        }),
      }}
    />
  );
}

/** Returns where a value is drawn: a logarithmic scale has no 0. */
function drawn(scale: "linear" | "log"): (value: number) => number {
  return (value) => scale === "log" ? Math.max(value, 0.5) : value;
}

function barMarks(
  bars: readonly HistogramBar[],
  x: (value: number) => number,
): Markish[] {
  return [
    rectY(bars, {
      x1: ({ from }: HistogramBar) => x(from),
      x2: "to",
      y: "count",
      fill: "var(--plot)",
      insetLeft: 0.5,
      insetRight: 0.5,
    }),
  ];
}

/** Step lines, so that overlapping histograms stay visible. */
function stepMarks(
  bars: readonly HistogramBar[],
  { color, x }: {
    readonly color: string;
    readonly x: (value: number) => number;
  },
): Markish[] {
  const all = bars.reduce((sum, { count }) => sum + count, 0);
  const steps = bars.flatMap(({ from, to, count }) => [
    { x: x(from), y: all === 0 ? 0 : count / all },
    { x: to, y: all === 0 ? 0 : count / all },
  ]);
  return [
    // Without a lower bound the areas of equal places would be stacked.
    areaY(steps, { x: "x", y1: 0, y2: "y", fill: color, fillOpacity: 0.2 }),
    lineY(steps, { x: "x", y: "y", stroke: color, strokeWidth: 1.5 }),
  ];
}

function wholeOnly(value: number): string {
  return Number.isInteger(value) ? whole(value) : "";
}
