import type { VNode } from "npm:preact@10.29.8";
import { FilterSection } from "../parts/filter_section.tsx";
import { Choice, type Option } from "../parts/choice.tsx";
import type { Query } from "../route/route.ts";
import { choose } from "../route/use_route.ts";
import { answerCounts } from "./answer_counts.ts";
import { answerName, NO_FILTER, type SampleFilter } from "./filter_samples.ts";
import { finishName } from "./finish_name.ts";
import { RangeFilter } from "./range_filter.tsx";
import { NUMBER_COLUMN_NAMES } from "./sample_columns.ts";
import { Switch } from "../parts/switch.tsx";
import type { SampleRow } from "../source/sample_row.ts";
import { columnsChosen, MOST_COLUMNS } from "./columns.ts";

const ORDERS: readonly Option[] = [
  { value: "", text: "seed" },
  { value: "-seed", text: "seed, highest first" },
  { value: "answer", text: "answer" },
  { value: "right", text: "right first" },
  { value: "-right", text: "wrong first" },
  { value: "-tokens", text: "longest" },
  { value: "tokens", text: "shortest" },
  { value: "-reasoning", text: "most reasoning" },
  { value: "reasoning", text: "least reasoning" },
  { value: "-cost", text: "most expensive" },
  { value: "cost", text: "cheapest" },
  { value: "-latency", text: "slowest" },
  { value: "latency", text: "fastest" },
  { value: "-created", text: "newest" },
  { value: "created", text: "oldest" },
  { value: "provider", text: "provider" },
  { value: "finish", text: "finish reason" },
];

const COLUMN_COUNTS = Array.from({ length: MOST_COLUMNS }, (_, i) => {
  const count = String(i + 1);
  return [count, count] as const;
});

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
  const active = Object.values(filter).filter((value) => value !== "").length;
  const isTable = query.view === "table";
  return (
    <FilterSection
      active={active}
      heading={
        <>
          <h2>Samples</h2>
          <Switch
            legend="View"
            name="view"
            value={isTable ? "table" : ""}
            choices={[["", "Cards"], ["table", "Table"]]}
          />
        </>
      }
    >
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
      {NUMBER_COLUMN_NAMES.map((column) =>
        (isTable || filter[column] !== "") && (
          <RangeFilter key={column} column={column} text={filter[column]} />
        )
      )}
      {!isTable && (
        <>
          <Choice
            label="Order"
            name="sort"
            value={query.sort ?? ""}
            choices={ORDERS}
          />
          <Switch
            legend="Side by side"
            name="columns"
            value={String(columnsChosen(query))}
            choices={COLUMN_COUNTS}
          />
        </>
      )}
      {active > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() => choose({ ...NO_FILTER })}
        >
          Clear filters
        </button>
      )}
    </FilterSection>
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
