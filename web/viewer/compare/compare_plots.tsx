import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  SampleHead,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import { Choice } from "../parts/choice.tsx";
import { histogramOf } from "../plots/histogram.ts";
import { HistogramPlot } from "../plots/histogram_plot.tsx";
import { compact, duration } from "../text/numbers.ts";
import type { View } from "../source/view.ts";
import { AccuracyPlot } from "./accuracy_plot.tsx";
import { AnswerPairs } from "./answer_pairs.tsx";
import type { Side } from "./side.ts";
import { SideNumbers } from "./side_numbers.tsx";

/** An overview of two sets: answers, accuracy, lengths, latencies. */
export function ComparePlots(
  { view, sides, truth, rule }: {
    readonly view: View;
    readonly sides: readonly [Side, Side];
    readonly truth: string | null;
    readonly rule: ViewAnswerRule | null;
  },
): VNode {
  return (
    <section aria-label="Overview">
      {view.answerRules.length > 1 && (
        <div class="filters">
          <Choice
            label="Answer format"
            name="rule"
            value={rule ?? ""}
            choices={view.answerRules.map((value) => ({ value }))}
          />
        </div>
      )}
      <div class="plots compared">
        <div>
          {rule !== null && <AnswerPairs sides={sides} truth={truth} />}
          <div class="plots">
            <Histogram
              sides={sides}
              title="Output tokens"
              value={({ completionTokens }) => completionTokens}
              text={compact}
            />
            <Histogram
              sides={sides}
              title="Latency"
              value={({ latencyMs }) => latencyMs}
              text={duration}
            />
          </div>
        </div>
        <div>
          {truth !== null && <AccuracyPlot sides={sides} />}
          <SideNumbers sides={sides} />
        </div>
      </div>
    </section>
  );
}

function Histogram(
  { sides, title, value, text }: {
    readonly sides: readonly [Side, Side];
    readonly title: string;
    readonly value: (head: SampleHead) => number | null;
    readonly text: (value: number) => string;
  },
): VNode | null {
  const series = useMemo(() =>
    sides.map(({ letter, color, rows }) => ({
      name: letter,
      color,
      counts: histogramOf(
        rows.flatMap(({ head }) =>
          head.problem === null ? value(head) ?? [] : []
        ),
      ),
    })), [sides]);
  const known = series.some(({ counts }) => Object.keys(counts).length > 0);
  return known
    ? <HistogramPlot title={title} series={series} text={text} />
    : null;
}
