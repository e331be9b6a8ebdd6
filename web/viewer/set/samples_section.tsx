import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  AnswersByRule,
  SampleSet,
  SearchHit,
  SetSamples,
  ViewAnswerRule,
} from "../../../src/viewer/view_data.ts";
import { useKeys } from "../route/use_keys.ts";
import { choose } from "../route/use_route.ts";
import { useLoaded } from "../source/use_loaded.ts";
import { counted, whole } from "../text/numbers.ts";
import type { View } from "../source/view.ts";
import { answerColors, answerCounts } from "./answer_counts.ts";
import { filterSamples, sampleFilter } from "./filter_samples.ts";
import { SampleFilters } from "./sample_filters.tsx";
import { SampleGrid } from "./sample_grid.tsx";
import { SampleTable } from "./sample_table.tsx";
import type { SampleRow } from "../source/sample_row.ts";
import { SetPlots } from "./set_plots.tsx";
import { sampleOrder, sortSamples } from "./sort_samples.ts";

/** The maximum number of hits of a search in a set. */
const HITS = 1000;

/** The properties of the parts of a set's page. */
export interface SetParts {
  readonly view: View;
  readonly set: SampleSet;
  readonly samples: SetSamples;
  readonly rows: readonly SampleRow[];
  readonly truth: string | null;
}

/** The samples of a set with their plots and filters. */
export function SamplesSection(
  { view, set, samples, rows, byRule, rule, truth }: SetParts & {
    readonly byRule: AnswersByRule | null;
    readonly rule: ViewAnswerRule | null;
  },
): VNode {
  const { query, source } = view;
  const asked = query.q ?? "";
  const found = useLoaded(
    asked === ""
      ? null
      : () => source.search(asked, { set: set.id, limit: HITS }),
    { key: `${set.id} ${asked}`, version: set },
  );
  const hits = useMemo(
    () => found.value === null ? null : hitsByName(found.value.hits),
    [found.value],
  );
  const counts = useMemo(() => answerCounts(rows), [rows]);
  const color = useMemo(() => answerColors(counts, truth), [counts, truth]);
  const filter = sampleFilter(query);
  const isTable = query.view === "table";
  const List = isTable ? SampleTable : SampleGrid;
  useKeys({ t: () => choose({ view: isTable ? "" : "table" }) });
  const filterText = JSON.stringify(filter);
  const shown = useMemo(() => {
    const within = asked === "" || hits === null
      ? rows
      : rows.filter(({ head }) => hits.has(head.name));
    const filtered = filterSamples(within, filter);
    return sortSamples(filtered, sampleOrder(query.sort));
  }, [rows, hits, asked, filterText, query.sort]);

  if (rows.length === 0) {
    return <p class="empty">This set has no samples yet.</p>;
  }
  return (
    <>
      <SetPlots
        set={set}
        rows={rows}
        counts={counts}
        color={color}
        truth={truth}
        given={rule === null ? null : byRule?.[rule]?.truth ?? null}
        view={view}
        rule={rule}
        byRule={byRule}
      />
      <SampleFilters rows={rows} filter={filter} query={query} truth={truth} />
      <p class="note shown-count" role="status">
        {asked !== "" && found.error !== null
          ? `The search failed: ${found.error.message}`
          : asked !== "" && found.value === null
          ? "Searching…"
          : shown.length === rows.length
          ? allRows(rows)
          : `${counted(shown.length, "sample")} of ${whole(rows.length)} shown`}
        {(found.value?.total ?? 0) > HITS &&
          `; the first ${whole(HITS)} matches`}
      </p>
      {shown.length === 0 ? <p class="empty">No samples match.</p> : (
        <List
          view={view}
          set={set}
          samples={samples}
          rows={shown}
          color={color}
          hits={hits}
        />
      )}
    </>
  );
}

/** The number of samples and of unusable files, which the list contains too. */
function allRows(rows: readonly SampleRow[]): string {
  const unusable = rows.filter(({ head }) => head.problem !== null).length;
  const samples = counted(rows.length - unusable, "sample");
  return unusable === 0
    ? samples
    : `${samples} and ${counted(unusable, "unusable file")}`;
}

function hitsByName(
  hits: readonly SearchHit[],
): ReadonlyMap<string, SearchHit> {
  return new Map(
    hits.flatMap((hit) => hit.name === null ? [] : [[hit.name, hit] as const]),
  );
}
