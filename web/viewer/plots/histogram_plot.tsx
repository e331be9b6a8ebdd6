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
import { useCallback } from "npm:preact@10.29.8/hooks";
import { percent, whole } from "../text/numbers.ts";
import { histogramBars } from "./histogram.ts";
import { PlotFigure } from "./plot_figure.tsx";
import { countedMedian, type ValueCounts } from "./quantile.ts";

/** A histogram, or several overlaid ones. */
export interface HistogramPlotProps {
  readonly title: string;
  /** The histograms, each with its name and color. */
  readonly series: readonly HistogramSeries[];
  /** Formats a value. */
  readonly text: (value: number) => string;
  /** Formats a value on the axis, in few characters; by default as `text` does. */
  readonly tick?: (value: number) => string;
}

/** One histogram of a plot. */
export interface HistogramSeries {
  readonly name: string;
  /** The name of a color in the style sheet. */
  readonly color: string;
  readonly counts: ValueCounts;
}

/** Shows histograms on a logarithmic scale: one as counts, several as shares. */
export function HistogramPlot(
  { title, series, text, tick = text }: HistogramPlotProps,
): VNode {
  const several = series.length > 1;
  const bars = series.map(({ counts }) => shares(counts, several));
  const medians = series.map(({ counts }) => countedMedian(counts));
  const draw = useCallback((width: number) => {
    const all = bars.flat();
    const from = Math.min(...all.map(({ from }) => from));
    const to = Math.max(...all.map(({ to }) => to));
    return {
      width,
      height: 170,
      x: { type: "log" as const, base: 2, domain: [from, to], label: null },
      y: { label: null, nice: true },
      marks: [
        gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
        ...bars.flatMap((bars, place) =>
          marks(bars, `var(--${series[place]!.color})`, several)
        ),
        ruleY([0], { stroke: "var(--muted)" }),
        ...medians.map((median, place) =>
          ruleX(median === null ? [] : [median], {
            stroke: several ? `var(--${series[place]!.color})` : "var(--ink)",
            strokeDasharray: "3 3",
            strokeWidth: several ? 2 : 1,
          })
        ),
        axisX({
          ticks: ticks(from, to, width / 70),
          tickSize: 4,
          tickFormat: (value: number) => tick(value),
        }),
        axisY({
          ticks: 4,
          tickSize: 0,
          tickFormat: several ? (value: number) => percent(value) : wholeOnly,
        }),
      ],
    };
  }, [series, tick]);
  const median = series.map(({ name }, place) => {
    const value = medians[place] ?? null;
    const said = value === null ? "none" : text(value);
    return several ? `${name}: ${said}` : said;
  });
  return (
    <PlotFigure
      title={title}
      note={`median ${median.join(", ")}`}
      description={`Histogram; median ${median.join(", ")}.`}
      draw={draw}
      table={{
        head: ["From", ...series.map(({ name }) => name)],
        rows: rows(series, text),
      }}
    />
  );
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

function shares(counts: ValueCounts, several: boolean): Bar[] {
  const bars = histogramBars(counts);
  const all = bars.reduce((sum, { count }) => sum + count, 0);
  return bars.map(({ from, to, count }) => ({
    from,
    to,
    height: several ? count / all : count,
  }));
}

function marks(
  bars: readonly Bar[],
  color: string,
  several: boolean,
): Markish[] {
  if (!several) {
    return [
      rectY(bars, {
        x1: "from",
        x2: "to",
        y: "height",
        fill: "var(--plot)",
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
    ];
  }
  // Step lines, so that overlapping histograms stay visible.
  const steps = bars.flatMap(({ from, to, height }, place) => {
    const before = bars[place - 1];
    const gap = before === undefined || from / before.to > 1.01;
    const next = bars[place + 1];
    const ends = next === undefined || next.from / to > 1.01;
    return [
      ...gap ? [{ x: from, y: 0 }] : [],
      { x: from, y: height },
      { x: to, y: height },
      ...ends ? [{ x: to, y: 0 }] : [],
    ];
  });
  return [
    areaY(steps, { x: "x", y: "y", fill: color, fillOpacity: 0.2 }),
    lineY(steps, { x: "x", y: "y", stroke: color, strokeWidth: 1.5 }),
  ];
}

function rows(
  series: readonly HistogramSeries[],
  text: (value: number) => string,
): string[][] {
  const heights = series.map(({ counts }) =>
    new Map(histogramBars(counts).map(({ from, count }) => [from, count]))
  );
  const starts = new Set(heights.flatMap((bars) => [...bars.keys()]));
  return [...starts].sort((a, b) => a - b).map((from) => [
    text(from),
    ...heights.map((bars) => whole(bars.get(from) ?? 0)),
  ]);
}

/** Returns powers of two as ticks, about as many as fit. */
function ticks(from: number, to: number, most: number): number[] {
  const first = Math.ceil(Math.log2(from));
  const last = Math.floor(Math.log2(to));
  const step = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, most)));
  const found: number[] = [];
  for (let power = first; power <= last; power += step) found.push(2 ** power);
  return found;
}

function wholeOnly(value: number): string {
  return Number.isInteger(value) ? whole(value) : "";
}
