import type {
  AnchorsCut,
  AnchorsReport,
  Importance,
} from "../anchors_report.ts";
import { loadPlot, type Markish, type Plot } from "./load_plot.ts";

/** The plots of a report: SVG that holds numbers and this file's own words, and nothing of the model's. */
export interface AnchorsPlots {
  /** The shares of the answers at each cut. */
  readonly answers: string;
  /** The share of right answers at each cut; empty where the truth is not known. */
  readonly accuracy: string;
  /** The resampling importance of each sentence. */
  readonly resampling: string;
  /** The counterfactual importance of each sentence. */
  readonly counterfactual: string;
}

type Marks = (plot: Plot) => Markish[];

interface Scale {
  readonly height: number;
  readonly label: string;
  readonly top: number;
  readonly percent: boolean;
}

/** The same plot for wide and for narrow windows: text that is scaled down cannot be read. */
const WIDTHS = { wide: 960, narrow: 340 };

/** Draws the plots of a report. Each place in them links to its sentence, such as `#s12`. */
export async function anchorsPlots(
  report: AnchorsReport,
  series: readonly string[],
): Promise<AnchorsPlots> {
  const { plot, document } = await loadPlot();
  const places = report.sentences.length;

  const draw = (scale: Scale, marks: Marks) =>
    Object.entries(WIDTHS).map(([name, width]) => {
      const ticks = wholeNumbers(places, width / 60);
      const svg = plot.plot({
        document,
        width,
        height: scale.height,
        marginLeft: 44,
        marginRight: 8,
        marginTop: 12,
        marginBottom: 34,
        x: { domain: [-0.5, places + 0.5], ticks, label: null, tickSize: 4 },
        y: {
          domain: [0, scale.top],
          label: null,
          ticks: 4,
          tickSize: 0,
          tickFormat: scale.percent ? "%" : undefined,
        },
        marks: [
          plot.gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
          ...marks(plot),
          plot.axisX({ ticks, tickSize: 4, label: scale.label }),
          plot.rect(columns(report), {
            x1: ({ at }: Column) => at - 0.5,
            x2: ({ at }: Column) => at + 0.5,
            y1: 0,
            y2: scale.top,
            fill: "transparent",
            href: ({ at }: Column) => `#s${at}`,
          }),
        ],
      });
      // The page's policy allows the styles of its own sheet alone.
      svg.querySelector("style")?.remove();
      svg.setAttribute("class", `plot ${name}`);
      svg.setAttribute("aria-hidden", "true");
      for (const link of svg.querySelectorAll("a")) {
        link.setAttribute("tabindex", "-1");
      }
      return svg.outerHTML as string;
    }).join("");

  const kept = "sentences kept →";
  const share = { label: kept, top: 1, percent: true };
  const known = report.cuts.some(({ accuracy }) => accuracy !== null);
  return {
    answers: draw({ ...share, height: 240 }, shares(report, series)),
    accuracy: known ? draw({ ...share, height: 180 }, accuracies(report)) : "",
    resampling: importance("resampling"),
    counterfactual: importance("counterfactual"),
  };

  function importance(measure: "resampling" | "counterfactual"): string {
    const points = report.sentences.flatMap((sentence) => {
      const estimate = sentence[measure];
      return estimate === null ? [] : [{ at: sentence.index, ...estimate }];
    });
    if (points.length === 0) return "";
    const top = Math.max(...points.map(({ high }) => high), 0.01);
    const scale = { height: 200, label: "sentence →", top, percent: false };
    return draw(scale, estimates(points));
  }
}

interface Column {
  readonly at: number;
}

type Point = Column & Importance;

/** Every place that has a sentence or samples: what lies over a plot and is clicked. */
function columns({ sentences, cuts }: AnchorsReport): Column[] {
  const end = cuts.filter(({ at }) => at === sentences.length);
  return [...sentences.map(({ index }) => ({ at: index })), ...end];
}

function shares({ cuts }: AnchorsReport, series: readonly string[]): Marks {
  const bars = cuts.flatMap((cut) => stacked(cut, series));
  const fills = [...series.keys()].map(String).concat("other", "none");
  return (plot) =>
    fills.map((name) =>
      plot.rect(bars.filter((bar) => bar.name === name), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: `var(--answer-${name})`,
        insetLeft: cuts.length > 80 ? 0 : 0.5,
        insetRight: cuts.length > 80 ? 0 : 0.5,
      })
    );
}

/** The answers at one cut as bars one upon the other; the unanswered uppermost. */
function stacked(cut: AnchorsCut, series: readonly string[]) {
  const { at, unanswered } = cut;
  const answers = new Map(Object.entries(cut.answers));
  const all = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const named = series.map((answer) => answers.get(answer) ?? 0);
  const other = all - named.reduce((sum, count) => sum + count, 0);
  const names = [...named.keys()].map(String).concat("other", "none");
  let y2 = 0;
  return [...named, other, unanswered].flatMap((count, place) => {
    const y1 = y2;
    y2 += count / (all + unanswered);
    const bar = { name: names[place], x1: at - 0.5, x2: at + 0.5, y1, y2 };
    return count > 0 ? [bar] : [];
  });
}

function accuracies({ cuts }: AnchorsReport): Marks {
  const points = cuts.flatMap(({ at, accuracy }) =>
    accuracy === null ? [] : [{ at, ...accuracy }]
  );
  return (plot) => [
    plot.areaY(points, {
      x: "at",
      y1: "low",
      y2: "high",
      fill: "var(--answer-0)",
      fillOpacity: 0.2,
    }),
    plot.lineY(points, { x: "at", y: "value", stroke: "var(--answer-0)" }),
    plot.dot(points, {
      x: "at",
      y: "value",
      r: points.length > 80 ? 1 : 2.5,
      fill: "var(--answer-0)",
    }),
  ];
}

function estimates(points: readonly Point[]): Marks {
  const told = points.filter(({ isSignificant }) => isSignificant);
  const top = told.toSorted((a, b) => a.rank - b.rank).slice(0, 5);
  const rest = points.filter(({ isSignificant }) => !isSignificant);
  const r = points.length > 80 ? 1.5 : 3;
  return (plot) => [
    plot.ruleX(points, {
      x: "at",
      y1: ({ low }: Point) => Math.max(low, 0),
      y2: "high",
      stroke: "var(--muted)",
      strokeWidth: 1.25,
    }),
    plot.dot(rest, { x: "at", y: "value", r, fill: "var(--muted)" }),
    plot.dot(told, { x: "at", y: "value", r: r + 1.5, fill: "var(--accent)" }),
    plot.text(top, {
      x: "at",
      y: "value",
      text: ({ at }: Point) => String(at),
      dx: 8,
      textAnchor: "start",
      fontWeight: 600,
      fill: "var(--ink)",
      stroke: "var(--paper)",
      strokeWidth: 4,
    }),
  ];
}

/** About as many marks of an axis as there is room for. */
function wholeNumbers(last: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000, 5000]
    .find((step) => last / step <= most) ?? last;
  return Array.from(
    { length: Math.floor(last / step) + 1 },
    (_, i) => i * step,
  );
}
