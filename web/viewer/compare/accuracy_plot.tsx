import {
  axisX,
  dot,
  gridX,
  ruleY,
  text as textMark,
} from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useCallback } from "npm:preact@10.29.8/hooks";
import { accuracyOf } from "../plots/accuracy_of.ts";
import { PlotFigure } from "../plots/plot_figure.tsx";
import type { Share } from "../plots/share.ts";
import { percent, whole } from "../text/numbers.ts";
import type { Side } from "./side.ts";

type Row = Share & Pick<Side, "letter" | "color">;

/** The accuracies on both sides, with Wilson intervals. */
export function AccuracyPlot(
  { sides }: { readonly sides: readonly [Side, Side] },
): VNode | null {
  const rows = sides.flatMap(accuracy);
  const draw = useCallback((width: number) => ({
    width,
    height: 110,
    marginLeft: 28,
    x: { domain: [0, 1], label: null },
    y: { domain: ["A", "B"], axis: null, type: "band" as const },
    marks: [
      gridX({ ticks: 5, stroke: "var(--line)", strokeOpacity: 1 }),
      axisX({ ticks: 5, tickSize: 4, tickFormat: "%" }),
      ruleY(rows, {
        y: "letter",
        x1: "low",
        x2: "high",
        stroke: ({ color }: Row) => `var(--${color})`,
        strokeWidth: 3,
      }),
      dot(rows, {
        y: "letter",
        x: "value",
        r: 6,
        fill: ({ color }: Row) => `var(--${color})`,
        stroke: "var(--paper)",
        strokeWidth: 1.5,
      }),
      textMark(["A", "B"], {
        y: (letter: string) => letter,
        text: (letter: string) => letter,
        frameAnchor: "left",
        dx: -20,
        fill: "var(--ink)",
        fontWeight: 600,
      }),
    ],
    color: { type: "identity" as const },
  }), [sides]);
  if (rows.length === 0) return null;
  const said = rows.map(({ letter, value, low, high }) =>
    `${letter} ${percent(value)} (95% interval ${percent(low)} to ${
      percent(high)
    })`
  ).join(", ");
  return (
    <PlotFigure
      title="Right, of answers found"
      note={said}
      description={`Shares of right answers among those found, with 95% intervals (Wilson): ${said}.`}
      draw={draw}
      table={{
        head: ["", "Right", "Answers found", "Share", "95% interval (Wilson)"],
        rows: rows.map(({ letter, hits, trials, value, low, high }) => [
          letter,
          whole(hits),
          whole(trials),
          percent(value),
          `${percent(low)} to ${percent(high)}`,
        ]),
      }}
    />
  );
}

function accuracy({ letter, color, rows }: Side): Row[] {
  const known = accuracyOf(rows);
  return known === null ? [] : [{ letter, color, ...known }];
}
