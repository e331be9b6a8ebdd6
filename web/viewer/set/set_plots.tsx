import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  SampleSet,
  SetSummary,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import { Choice } from "../parts/choice.tsx";
import { Overview } from "../parts/overview.tsx";
import { accuracyOf } from "../plots/accuracy_of.ts";
import { CostPlot } from "../plots/cost_plot.tsx";
import { HistogramPlot } from "../plots/histogram_plot.tsx";
import { LengthPlot } from "../plots/length_plot.tsx";
import { ProviderTable } from "../plots/provider_table.tsx";
import { ReasoningPlot } from "../plots/reasoning_plot.tsx";
import { timeBars } from "../plots/time_bars.ts";
import { latencies } from "../sets/merge_summaries.ts";
import { duration, percent } from "../text/numbers.ts";
import { AnswerTable, type AnswerTableProps } from "./answer_table.tsx";
import type { SampleRow } from "../source/sample_row.ts";

const MINUTE_MS = 60_000;

/** The properties of the plots of a set. */
export interface SetPlotsProps extends AnswerTableProps {
  readonly set: SampleSet;
  readonly rows: readonly SampleRow[];
  readonly rule: ViewAnswerRule | null;
}

/** An overview of a set: answers, lengths, times, costs and providers. */
export function SetPlots(props: SetPlotsProps): VNode {
  const { view, set: { summary }, rows, counts, rule } = props;
  const { query, answerRules } = view;
  return (
    <Overview query={query}>
      {() => (
        <>
          <div class="filters">
            {answerRules.length > 1 && (
              <Choice
                label="Answer format"
                name="rule"
                value={rule ?? ""}
                choices={answerRules.map((value) => ({ value }))}
              />
            )}
            <Accuracy rows={rows} />
          </div>
          <div class="plots">
            {rule !== null && counts.length > 0 && <AnswerTable {...props} />}
            <ReasoningPlot rows={rows} />
            <LengthPlot lengths={summary.lengths} />
            <Latencies summary={summary} />
            <Costs rows={rows} />
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

interface Rows {
  readonly rows: readonly SampleRow[];
}

/** The accuracy over all usable samples. */
function Accuracy({ rows }: Rows): VNode {
  const known = accuracyOf(rows);
  if (known === null) {
    return <p class="note">The right answer is not known.</p>;
  }
  const { hits, trials, value, low, high } = known;
  return (
    <p class="accuracy">
      <b>{percent(value)}</b> right{" "}
      <span class="note">
        ({hits} of {trials}; 95% interval {percent(low)} to {percent(high)})
      </span>
    </p>
  );
}

function Latencies(
  { summary }: { readonly summary: SetSummary },
): VNode | null {
  const series = useMemo(
    () => [{ name: "Samples", color: "plot", counts: latencies(summary) }],
    [summary],
  );
  return Object.keys(series[0]!.counts).length === 0
    ? null
    : <HistogramPlot title="Latency" series={series} text={duration} />;
}

function Costs({ rows }: Rows): VNode | null {
  const bars = useMemo(() =>
    timeBars(
      usable(rows).filter(({ created }) => created > 0)
        .map(({ created, costUsd }) => ({
          atMs: created * 1000,
          samples: 1,
          costUsd: costUsd ?? 0,
        })),
      MINUTE_MS,
    ), [rows]);
  return bars.length === 0 ? null : <CostPlot bars={bars} />;
}

function usable(rows: readonly SampleRow[]) {
  return rows.map(({ head }) => head).filter(({ problem }) => problem === null);
}
