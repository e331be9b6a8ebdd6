import {
  axisX,
  dot,
  ruleX,
  text as textMark,
} from "npm:@observablehq/plot@0.6.17";
import type { VNode } from "npm:preact@10.29.8";
import { useCallback } from "npm:preact@10.29.8/hooks";
import type { SampleRow } from "../source/sample_row.ts";
import { decimal, percent, whole } from "../text/numbers.ts";
import { PlotFigure } from "./plot_figure.tsx";
import { quantile } from "./quantile.ts";

interface Dot {
  readonly tokens: number;
  readonly verdict: Verdict;
  /** The offset across the band, so that equal values do not hide each other. */
  readonly across: number;
}

type Verdict = "right" | "wrong";

const VERDICTS: readonly Verdict[] = ["right", "wrong"];
const COLORS = { right: "var(--good)", wrong: "var(--bad)" };

/** A dot plot of the reasoning tokens of right and wrong samples, with medians. */
export function ReasoningPlot(
  { rows }: { readonly rows: readonly SampleRow[] },
): VNode | null {
  const dots = reasoningDots(rows);
  const draw = useCallback((width: number) => ({
    width,
    x: { label: null, nice: true, zero: true },
    y: { domain: [2, 0], axis: null },
    marks: [
      axisX({
        ticks: Math.max(2, Math.floor(width / 80)),
        tickSize: 4,
        tickFormat: whole,
      }),
      ...VERDICTS.flatMap((verdict, band) => {
        const own = dots.filter((dot) => dot.verdict === verdict);
        const median = quantile(own.map(({ tokens }) => tokens), 0.5);
        return [
          dot(own, {
            x: "tokens",
            y: ({ across }: Dot) => band + 0.5 + across,
            r: own.length > 300 ? 1.6 : 2.6,
            symbol: verdict === "right" ? "circle" : "times",
            [verdict === "right" ? "fill" : "stroke"]: COLORS[verdict],
            [verdict === "right" ? "fillOpacity" : "strokeOpacity"]: 0.7,
          }),
          ruleX(median === null ? [] : [median], {
            y1: band + 0.06,
            y2: band + 0.94,
            stroke: "var(--ink)",
            strokeWidth: 1.5,
          }),
          textMark([verdict], {
            frameAnchor: "left",
            y: band + 0.5,
            dx: -58,
            text: [verdict === "right" ? "✓ right" : "✗ wrong"],
            textAnchor: "start",
            fill: COLORS[verdict],
            fontWeight: 600,
          }),
        ];
      }),
    ],
  }), [rows]);
  if (dots.length === 0) return null;
  const summary = VERDICTS.map((verdict) => {
    const own = dots.filter((dot) => dot.verdict === verdict)
      .map(({ tokens }) => tokens);
    const median = quantile(own, 0.5);
    return { verdict, own, median };
  });
  const said = summary.map(({ verdict, median }) =>
    `${verdict} ${median === null ? "none" : decimal(median)}`
  ).join(", ");
  return (
    <PlotFigure
      title="Reasoning tokens per sample"
      note={`medians: ${said}`}
      description={`Tokens of the reasoning of each sample, the right above the wrong; medians: ${said}.`}
      draw={draw}
      table={{
        head: [
          "",
          "Samples",
          "Share",
          "Lower quartile",
          "Median",
          "Upper quartile",
        ],
        rows: summary.map(({ verdict, own }) => [
          verdict,
          whole(own.length),
          percent(own.length / dots.length),
          ...[0.25, 0.5, 0.75].map((share) => {
            const value = quantile(own, share);
            return value === null ? "–" : decimal(value);
          }),
        ]),
      }}
    />
  );
}

function reasoningDots(rows: readonly SampleRow[]): Dot[] {
  return rows.flatMap(({ head, right }) => {
    const tokens = head.reasoningTokens;
    if (right === null || tokens === null) return [];
    const verdict = right ? "right" : "wrong";
    return [{ tokens, verdict, across: scattered(head.seed) }];
  });
}

/** An offset from -0.3 to 0.3 that spreads consecutive seeds evenly, by the golden ratio. */
function scattered(seed: number): number {
  return ((seed * 0.618034) % 1 - 0.5) * 0.6;
}
