import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  AnswersByRule,
  SetSummary,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import {
  HistogramPlot,
  type HistogramPlotProps,
} from "../plots/histogram_plot.tsx";
import type { ValueCounts } from "../plots/quantile.ts";
import { RuleChoice } from "../set/rule_choice.tsx";
import { latencies } from "../sets/merge_summaries.ts";
import { decimal, duration, exactDuration } from "../text/numbers.ts";
import type { View } from "../source/view.ts";
import { AccuracyPlot } from "./accuracy_plot.tsx";
import { AnswerPairs } from "./answer_pairs.tsx";
import type { Side } from "./side.ts";
import { SideNumbers } from "./side_numbers.tsx";

/** An overview of two sets: answers, accuracy, lengths, latencies. */
export function ComparePlots(
  { view, sides, truth, rule, byRule }: {
    readonly view: View;
    readonly sides: readonly [Side, Side];
    readonly truth: string | null;
    readonly rule: ViewAnswerRule | null;
    readonly byRule: readonly AnswersByRule[];
  },
): VNode {
  return (
    <section aria-label="Overview">
      <div class="filters">
        <RuleChoice view={view} rule={rule} sets={byRule} />
      </div>
      <div class="plots compared">
        <div>
          {rule !== null && <AnswerPairs sides={sides} truth={truth} />}
          <div class="plots">
            <Histogram
              sides={sides}
              title="Output tokens"
              counts={({ lengths }) => lengths}
              text={decimal}
              edge={decimal}
            />
            <Histogram
              sides={sides}
              title="Latency"
              counts={latencies}
              text={duration}
              edge={exactDuration}
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
  { sides, counts, ...props }: Omit<HistogramPlotProps, "series"> & {
    readonly sides: readonly [Side, Side];
    readonly counts: (summary: SetSummary) => ValueCounts;
  },
): VNode | null {
  const series = useMemo(
    () =>
      sides.map(({ letter, color, set: { summary } }) => ({
        name: letter,
        color,
        counts: counts(summary),
      })),
    [sides],
  );
  const known = series.some(({ counts }) => Object.keys(counts).length > 0);
  return known ? <HistogramPlot {...props} series={series} /> : null;
}
