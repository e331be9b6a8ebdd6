import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  AnswersByRule,
  SampleSet,
  SetSummary,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import { Overview } from "../parts/overview.tsx";
import { CostPlot } from "../plots/cost_plot.tsx";
import { HistogramPlot } from "../plots/histogram_plot.tsx";
import { LengthPlot } from "../plots/length_plot.tsx";
import { ProviderTable } from "../plots/provider_table.tsx";
import { ReasoningPlot } from "../plots/reasoning_plot.tsx";
import { latencies } from "../sets/merge_summaries.ts";
import { duration, exactDuration } from "../text/numbers.ts";
import { AccuracyNote } from "./accuracy.tsx";
import { AnswerTable, type AnswerTableProps } from "./answer_table.tsx";
import { RuleChoice } from "./rule_choice.tsx";
import type { SampleRow } from "../source/sample_row.ts";

/** The properties of the plots of a set. */
export interface SetPlotsProps extends AnswerTableProps {
  readonly set: SampleSet;
  readonly rows: readonly SampleRow[];
  readonly rule: ViewAnswerRule | null;
  readonly byRule: AnswersByRule | null;
}

/** An overview of a set: answers, lengths, times, costs and providers. */
export function SetPlots(props: SetPlotsProps): VNode {
  const { view, set: { summary }, rows, counts, rule, byRule } = props;
  const { truth, given } = props;
  const { query } = view;
  return (
    <Overview query={query}>
      {() => (
        <>
          <div class="filters">
            <RuleChoice
              view={view}
              rule={rule}
              sets={byRule === null ? [] : [byRule]}
            />
            <AccuracyNote
              rows={rows}
              truth={truth}
              isMarked={truth !== given}
            />
          </div>
          <div class="plots">
            {rule !== null && counts.length > 0 && <AnswerTable {...props} />}
            <ReasoningPlot rows={rows} />
            <LengthPlot lengths={summary.lengths} />
            <Latencies summary={summary} />
            <CostPlot times={summary.times} />
            <ProviderTable
              providers={summary.providers}
              chosen={query.provider ?? ""}
            />
          </div>
        </>
      )}
    </Overview>
  );
}

function Latencies(
  { summary }: { readonly summary: SetSummary },
): VNode | null {
  const series = useMemo(
    () => [{ name: "Samples", color: "plot", counts: latencies(summary) }],
    [summary],
  );
  return Object.keys(series[0]!.counts).length === 0 ? null : (
    <HistogramPlot
      title="Latency"
      series={series}
      text={duration}
      edge={exactDuration}
    />
  );
}
