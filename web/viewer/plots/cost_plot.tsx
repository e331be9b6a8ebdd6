import {
  axisX,
  axisY,
  gridY,
  rectY,
  ruleY,
} from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useCallback } from "npm:preact@10.29.8/hooks";
import { counted, dollars, moment, whole } from "../text/numbers.ts";
import { PlotFigure } from "./plot_figure.tsx";
import type { TimeBar } from "./time_bars.ts";

/** A bar chart of cost over time, or of samples if no cost is known. */
export function CostPlot(
  { bars }: { readonly bars: readonly TimeBar[] },
): VNode {
  const priced = bars.some(({ costUsd }) => costUsd > 0);
  const of = priced ? "costUsd" : "samples";
  const sum = bars.reduce((sum, bar) => sum + bar[of], 0);
  const draw = useCallback((width: number) => ({
    width,
    height: 170,
    marginLeft: 48,
    x: { type: "time" as const, label: null },
    y: { label: null, nice: true },
    marks: [
      gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
      rectY(bars, {
        x1: "from",
        x2: "to",
        y: of,
        fill: "var(--plot)",
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      axisX({ ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4 }),
      axisY({
        ticks: 4,
        tickSize: 0,
        tickFormat: priced
          ? (value: number) => `$${Number(value.toPrecision(3))}`
          : undefined,
      }),
      ruleY([0], { stroke: "var(--muted)" }),
    ],
  }), [bars]);
  return (
    <PlotFigure
      title={priced ? "Cost over time" : "Samples over time"}
      description={`Bars over time; in all ${
        priced ? dollars(sum) : counted(sum, "sample")
      }.`}
      draw={draw}
      table={{
        head: ["From", "Samples", "Cost"],
        rows: bars.map(({ from, samples, costUsd }) => [
          moment(Number(from) / 1000),
          whole(samples),
          dollars(costUsd),
        ]),
      }}
    />
  );
}
