import {
  axisX,
  axisY,
  gridY,
  rectY,
  ruleY,
} from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useCallback, useMemo } from "npm:preact@10.29.8/hooks";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import {
  axisDollars,
  counted,
  dollars,
  totalCost,
  whole,
} from "../text/numbers.ts";
import { axisTimes, stepText, timeText } from "../text/time_text.ts";
import { PlotFigure } from "./plot_figure.tsx";
import { PLOT_MARGINS } from "./plot_margins.ts";
import { timeBars, timeEdges, timeTicks } from "./time_bars.ts";

/** The width of a label in pixels, with the space next to it. */
const LABEL = 84;

/** A bar chart of cost over time, or of samples if no cost is known. */
export function CostPlot(
  { times }: Pick<SetSummary, "times">,
): VNode | null {
  const bars = useMemo(() => timeBars(times), [times]);
  const priced = bars.some(({ costUsd }) => costUsd > 0);
  const isPartial = bars.some(({ priced, samples }) => priced < samples);
  const of = priced ? "costUsd" : "samples";
  const sum = bars.reduce((sum, bar) => sum + bar[of], 0);
  const draw = useCallback((width: number) => {
    const edges = timeEdges(bars);
    const { left, right } = PLOT_MARGINS;
    const most = Math.max(1.5, (width - left - right) / LABEL);
    const ticks = timeTicks(edges, most);
    const texts = axisTimes(ticks, times.stepMs);
    return {
      width,
      x: { domain: [edges[0]!, edges.at(-1)!], label: null },
      y: { label: null, nice: 4 },
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
        axisX(ticks, {
          tickSize: 4,
          tickFormat: (at: number) => texts[ticks.indexOf(at)] ?? "",
        }),
        axisY({
          ticks: 4,
          tickSize: 0,
          label: priced ? "cost" : "samples",
          labelArrow: "none",
          tickFormat: priced
            ? axisDollars(Math.max(...bars.map(({ costUsd }) => costUsd)))
            : (value: number) => Number.isInteger(value) ? whole(value) : "",
        }),
        ruleY([0], { stroke: "var(--muted)" }),
      ],
    };
  }, [bars]);
  if (bars.length === 0) return null;
  return (
    <PlotFigure
      title={priced ? "Cost over time" : "Samples over time"}
      note={`per ${stepText(times.stepMs)}${
        priced && isPartial ? ", where known" : ""
      }`}
      description={`Bars over time, per ${stepText(times.stepMs)}; in all ${
        priced ? dollars(sum) : counted(sum, "sample")
      }.`}
      draw={draw}
      table={{
        head: ["From", "Samples", "Cost"],
        rows: bars.map((bar) => [
          timeText(bar.from, times.stepMs),
          whole(bar.samples),
          totalCost(bar),
        ]),
      }}
    />
  );
}
