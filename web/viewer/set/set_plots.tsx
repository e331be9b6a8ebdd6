import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { ViewAnswerRule } from "../../../src/viewer/view_data.ts";
import { Choice } from "../parts/choice.tsx";
import { Overview } from "../parts/overview.tsx";
import { accuracyOf } from "../plots/accuracy_of.ts";
import { BarTable } from "../plots/bar_table.tsx";
import { CostPlot } from "../plots/cost_plot.tsx";
import { histogramOf } from "../plots/histogram.ts";
import { HistogramPlot } from "../plots/histogram_plot.tsx";
import { quantile } from "../plots/quantile.ts";
import { ReasoningPlot } from "../plots/reasoning_plot.tsx";
import { timeBars } from "../plots/time_bars.ts";
import { choose } from "../route/use_route.ts";
import { compact, dollars, duration, percent } from "../text/numbers.ts";
import { AnswerTable, type AnswerTableProps } from "./answer_table.tsx";
import type { SampleRow } from "../source/sample_row.ts";

const MINUTE_MS = 60_000;

/** The properties of the plots of a set. */
export interface SetPlotsProps extends AnswerTableProps {
  readonly rows: readonly SampleRow[];
  readonly rule: ViewAnswerRule | null;
}

/** An overview of a set: answers, lengths, times, costs and providers. */
export function SetPlots(props: SetPlotsProps): VNode {
  const { view, rows, counts, rule } = props;
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
            <Lengths rows={rows} />
            <Latencies rows={rows} />
            <Costs rows={rows} />
            <Providers rows={rows} provider={query.provider ?? ""} />
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

function Lengths({ rows }: Rows): VNode | null {
  const series = useMemo(() => [
    {
      name: "Samples",
      color: "plot",
      counts: histogramOf(
        usable(rows).flatMap((head) => head.completionTokens ?? []),
      ),
    },
  ], [rows]);
  return usable(rows).length === 0
    ? null
    : <HistogramPlot title="Output tokens" series={series} text={compact} />;
}

function Latencies({ rows }: Rows): VNode | null {
  const known = usable(rows).flatMap(({ latencyMs }) => latencyMs ?? []);
  const series = useMemo(
    () => [{ name: "Samples", color: "plot", counts: histogramOf(known) }],
    [rows],
  );
  return known.length === 0
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

function Providers(
  { rows, provider }: Rows & { readonly provider: string },
): VNode {
  const groups = Map.groupBy(
    usable(rows),
    (head) => head.provider ?? "unknown",
  );
  return (
    <BarTable
      title="Providers"
      note="median latency"
      head={["Provider", "Samples", "Cost", "Latency"]}
      rows={[...groups]
        .sort(([, a], [, b]) => b.length - a.length)
        .map(([name, heads]) => {
          const median = quantile(
            heads.flatMap(({ latencyMs }) => latencyMs ?? []),
            0.5,
          );
          const cost = heads.reduce(
            (sum, { costUsd }) => sum + (costUsd ?? 0),
            0,
          );
          return {
            name,
            count: heads.length,
            cells: [dollars(cost), median === null ? "–" : duration(median)],
            pressed: provider === name,
            onPress: () => choose({ provider: provider === name ? "" : name }),
          };
        })}
    />
  );
}

function usable(rows: readonly SampleRow[]) {
  return rows.map(({ head }) => head).filter(({ problem }) => problem === null);
}
