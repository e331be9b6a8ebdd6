import type {
  AnchorsCut,
  AnchorsReport,
  Importance,
} from "../anchors_report.ts";
import { type AnswerPatterns, answerPatterns } from "./answer_patterns.ts";
import { sentenceGroup } from "./sentence_group.ts";

/** The plots of a report, as SVG that contains no text of the model. */
export interface AnchorsPlots {
  readonly answers: string;
  /** The accuracy at each cut; empty if the correct answer is unknown. */
  readonly accuracy: string;
  readonly resampling: string;
  readonly counterfactual: string;
}

type Plot = typeof import("npm:@observablehq/plot@0.6.17");
type PlotOptions = NonNullable<Parameters<Plot["plot"]>[0]>;
type Marks = (
  plot: Plot,
  patterns: AnswerPatterns,
) => NonNullable<PlotOptions["marks"]>[number][];

interface Scale {
  readonly height: number;
  readonly label: string;
  readonly top: number;
  readonly percent: boolean;
  /** The clickable columns. */
  readonly columns: readonly Column[];
}

/** Each plot is drawn for wide and for narrow windows, because scaled-down text is unreadable. */
const WIDTHS = { wide: 960, narrow: 340 };

/** Draws the plots of a report, which link to the sentences, such as `#s12`. */
export async function anchorsPlots(
  report: AnchorsReport,
  series: readonly string[],
): Promise<AnchorsPlots> {
  const [plot, document] = await Promise.all([loadPlot(), loadDocument()]);
  const { length } = report.sentences;

  const draw = (scale: Scale, marks: Marks) =>
    Object.entries(WIDTHS).map(([name, width]) => {
      const ticks = wholeNumbers(length, width / 60);
      const patterns = answerPatterns(name);
      const svg = plot.plot({
        document,
        width,
        height: scale.height,
        marginLeft: 44,
        marginRight: 8,
        marginTop: 12,
        // Room for larger text in a narrow window.
        marginBottom: 44,
        x: { domain: [-0.5, length + 0.5], ticks, label: null, tickSize: 4 },
        y: {
          domain: [0, scale.top],
          // Ends at a tick above the highest interval.
          nice: 4,
          label: null,
          ticks: 4,
          tickSize: 0,
          tickFormat: scale.percent ? "%" : undefined,
        },
        marks: [
          plot.gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 1 }),
          ...marks(plot, patterns),
          plot.axisX({ ticks, tickSize: 4, label: scale.label }),
          plot.rect(scale.columns, {
            x1: ({ first }: Column) => first - 0.5,
            x2: ({ last }: Column) => last + 0.5,
            fill: "transparent",
            href: ({ first }: Column) => `#s${first}`,
          }),
        ],
      });
      // The page's policy allows only its own style sheet.
      svg.querySelector("style")?.remove();
      svg.setAttribute("class", `plot ${name}`);
      svg.setAttribute("aria-hidden", "true");
      for (const link of svg.querySelectorAll("a")) {
        link.setAttribute("tabindex", "-1");
      }
      if (svg.querySelector("[fill^='url(']") !== null) {
        svg.insertAdjacentHTML("afterbegin", patterns.defs);
      }
      return svg.outerHTML as string;
    }).join("");

  const kept = "sentences kept →";
  const columns = cutColumns(report);
  const share = { label: kept, top: 1, percent: true, columns };
  const known = report.cuts.some(({ accuracy }) => accuracy !== null);
  return {
    answers: draw({ ...share, height: 250 }, shares(report, series)),
    accuracy: known ? draw({ ...share, height: 190 }, accuracies(report)) : "",
    resampling: importance("resampling"),
    counterfactual: importance("counterfactual"),
  };

  function importance(measure: "resampling" | "counterfactual"): string {
    const groups = groupColumns(report);
    const points = groups.flatMap((group): Point[] => {
      const estimate = report.sentences[group.first]![measure];
      return estimate === null ? [] : [{ ...group, ...estimate }];
    });
    if (points.length === 0) return "";
    const top = Math.max(...points.map(({ high }) => high), 0.01);
    return draw(
      {
        ...{ height: 210, label: "sentence →", top, percent: false },
        columns: groups,
      },
      estimates(points),
    );
  }
}

/** A part of the x-axis, from the first to the last position, that links to the first. */
interface Column {
  readonly first: number;
  readonly last: number;
}

interface GroupColumn extends Column {
  readonly numbers: string;
}

type Point = GroupColumn & Importance;

/** One column for each sentence, and one for a cut at the end. */
function cutColumns({ sentences, cuts }: AnchorsReport): Column[] {
  const end = cuts.filter(({ at }) => at === sentences.length);
  return [...sentences.map(({ index }) => index), ...end.map(({ at }) => at)]
    .map((at) => ({ first: at, last: at }));
}

/** One column for each group of sentences that are measured together. */
function groupColumns({ sentences, cuts }: AnchorsReport): GroupColumn[] {
  return sentences
    .map((_, position) => sentenceGroup(cuts, position))
    .filter(({ first }, position) => first === position)
    .map(({ first, last, numbers }) => ({ first, last, numbers }));
}

function shares({ cuts }: AnchorsReport, series: readonly string[]): Marks {
  const bars = cuts.flatMap((cut) => stacked(cut, series));
  const names = [...series.keys(), "other", "none"];
  const inset = cuts.length > 80 ? 0 : 0.5;
  return (plot, patterns) =>
    names.flatMap((name, place) =>
      [`var(--answer-${name})`, patterns.fill(String(name))].map((fill) =>
        fill === null ? null : plot.rect(
          bars.filter((bar) => bar.place === place),
          {
            ...{ x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill },
            insetLeft: inset,
            insetRight: inset,
          },
        )
      )
    );
}

/** The answers at a cut as stacked bars, with the others and then the unanswered on top. */
function stacked(cut: AnchorsCut, series: readonly string[]) {
  const { at, unanswered } = cut;
  const answers = new Map(Object.entries(cut.answers));
  const all = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const named = series.map((answer) => answers.get(answer) ?? 0);
  const other = all - named.reduce((sum, count) => sum + count, 0);
  let y2 = 0;
  return [...named, other, unanswered].flatMap((count, place) => {
    const y1 = y2;
    y2 += count / (all + unanswered);
    const bar = { place, x1: at - 0.5, x2: at + 0.5, y1, y2 };
    return count > 0 ? [bar] : [];
  });
}

function accuracies({ sentences, cuts }: AnchorsReport): Marks {
  const points = cuts.flatMap(({ at, accuracy }) =>
    accuracy === null ? [] : [{ at, ...accuracy }]
  );
  const values = new Map(points.map(({ at, value }) => [at, value]));
  // A line is interrupted where it has no value, so it connects only neighboring cuts.
  const line = Array.from({ length: sentences.length + 1 }, (_, at) => ({
    at,
    value: values.get(at) ?? NaN,
  }));
  return (plot) => [
    plot.ruleX(points, {
      x: "at",
      y1: "low",
      y2: "high",
      stroke: "var(--answer-0)",
      strokeOpacity: 0.4,
      strokeWidth: 1.5,
    }),
    plot.lineY(line, { x: "at", y: "value", stroke: "var(--answer-0)" }),
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
  const x = ({ first, last }: Point) => (first + last) / 2;
  return (plot) => [
    plot.ruleX(points, {
      x,
      y1: ({ low }: Point) => Math.max(low, 0),
      y2: "high",
      stroke: "var(--muted)",
      strokeWidth: 1.25,
    }),
    // The value of a group holds for all of its sentences.
    ...[
      { of: rest, stroke: "var(--muted)" },
      { of: told, stroke: "var(--accent)" },
    ].map(({ of, stroke }) =>
      plot.ruleY(of.filter(({ first, last }) => last > first), {
        x1: ({ first }: Point) => first - 0.5,
        x2: ({ last }: Point) => last + 0.5,
        y: "value",
        ...{ stroke, strokeWidth: 2, insetLeft: 1, insetRight: 1 },
      })
    ),
    plot.dot(rest, { x, y: "value", r, fill: "var(--muted)" }),
    plot.dot(told, { x, y: "value", r: r + 1.5, fill: "var(--accent)" }),
    plot.text(top, {
      x,
      y: "value",
      text: "numbers",
      dx: 8,
      textAnchor: "start",
      fontWeight: 600,
      fill: "var(--ink)",
      stroke: "var(--paper)",
      strokeWidth: 4,
    }),
  ];
}

/** The ticks of an axis, at most about `most`. */
function wholeNumbers(last: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000, 5000]
    .find((step) => last / step <= most) ?? last;
  return Array.from(
    { length: Math.floor(last / step) + 1 },
    (_, i) => i * step,
  );
}

// These packages are not in deno.json, because Deno downloads everything that is there before it runs any
// task, and they have fifty dependencies.
function loadPlot(): Promise<Plot> {
  return import("npm:@observablehq/plot@0.6.17");
}

async function loadDocument() {
  const { parseHTML } = await import("npm:linkedom@0.18.12/worker");
  const window: unknown = parseHTML("<!doctype html><html></html>");
  return (window as Pick<PlotOptions, "document">).document;
}
