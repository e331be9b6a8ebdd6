import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import {
  HistogramPlot,
  type HistogramPlotProps,
} from "../plots/histogram_plot.tsx";
import type { ValueCounts } from "../plots/quantile.ts";
import { latencies } from "../sets/merge_summaries.ts";
import { decimal, duration, exactDuration } from "../text/numbers.ts";
import { AccuracyPlot } from "./accuracy_plot.tsx";
import { AnswerPairs } from "./answer_pairs.tsx";
import type { Side } from "./side.ts";
import { SideNumbers } from "./side_numbers.tsx";

/** An overview of two sets: answers, accuracy, lengths, latencies. */
export function ComparePlots(
  { sides, hasAnswers }: {
    readonly sides: readonly [Side, Side];
    readonly hasAnswers: boolean;
  },
): VNode {
  return (
    <section aria-label="Overview">
      <div class="plots compared">
        <div>
          {hasAnswers && <AnswerPairs sides={sides} />}
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
          <AccuracyPlot sides={sides} />
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
