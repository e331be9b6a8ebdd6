import type { VNode } from "npm:preact@10.29.8";
import { Choice, type Option } from "../parts/choice.tsx";
import type { Query } from "../route/route.ts";
import { choose } from "../route/use_route.ts";
import { answerCounts } from "./answer_counts.ts";
import { answerName, finishName, type SampleFilter } from "./filter_samples.ts";
import type { SampleRow } from "../source/sample_row.ts";
import { columnsChosen, MOST_COLUMNS } from "./columns.ts";

const ORDERS: readonly Option[] = [
  { value: "", text: "seed" },
  { value: "-seed", text: "seed, highest first" },
  { value: "-length", text: "longest" },
  { value: "length", text: "shortest" },
  { value: "-reasoning", text: "most reasoning" },
  { value: "reasoning", text: "least reasoning" },
  { value: "-cost", text: "most expensive" },
  { value: "cost", text: "cheapest" },
  { value: "-latency", text: "slowest" },
  { value: "latency", text: "fastest" },
  { value: "-created", text: "newest" },
  { value: "created", text: "oldest" },
];

/** The filters, order and number of columns of the samples. */
export function SampleFilters(
  { rows, filter, query, truth }: {
    readonly rows: readonly SampleRow[];
    readonly filter: SampleFilter;
    readonly query: Query;
    readonly truth: string | null;
  },
): VNode {
  const answers = answerCounts(rows).map(({ answer, count }) => ({
    value: answerName(answer),
    text: answer ?? "no answer",
    count,
  }));
  const filtered = Object.values(filter).some((value) => value !== "");
  const columns = columnsChosen(query);
  return (
    <section class="filters" aria-label="Filters">
      <h2>Samples</h2>
      <Choice
        label="Answer"
        name="answer"
        value={filter.answer}
        all="any"
        choices={answers.slice(0, 200)}
      />
      {truth !== null && (
        <Choice
          label="Right or wrong"
          name="verdict"
          value={filter.verdict}
          all="either"
          choices={[
            { value: "right", count: verdicts(rows, true) },
            { value: "wrong", count: verdicts(rows, false) },
          ]}
        />
      )}
      <Choice
        label="Finish reason"
        name="finish"
        value={filter.finish}
        all="any"
        choices={counted(rows.map(finishName))}
      />
      <Choice
        label="Provider"
        name="provider"
        value={filter.provider}
        all="all providers"
        choices={counted(rows.map(({ head }) => head.provider ?? "unknown"))}
      />
      <Choice
        label="Order"
        name="sort"
        value={query.sort ?? ""}
        choices={ORDERS}
      />
      <fieldset class="columns">
        <legend>Side by side</legend>
        {Array.from({ length: MOST_COLUMNS }, (_, i) => (
          <label key={i}>
            <input
              type="radio"
              name="columns"
              checked={columns === i + 1}
              onChange={() => choose({ columns: String(i + 1) })}
            />
            <span>{i + 1}</span>
          </label>
        ))}
      </fieldset>
      {filtered && (
        <button
          type="button"
          class="quiet"
          onClick={() =>
            choose({ answer: "", verdict: "", finish: "", provider: "" })}
        >
          Clear filters
        </button>
      )}
    </section>
  );
}

function counted(values: readonly string[]): Option[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count);
}

function verdicts(rows: readonly SampleRow[], right: boolean): number {
  return rows.filter((row) => row.right === right).length;
}
