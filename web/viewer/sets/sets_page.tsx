import type { VNode } from "npm:preact@10.29.8";
import { useEffect, useMemo } from "npm:preact@10.29.8/hooks";
import { Overview } from "../parts/overview.tsx";
import { SearchResultsView } from "../search/search_results.tsx";
import { useLoaded } from "../source/use_loaded.ts";
import { counted } from "../text/numbers.ts";
import type { View } from "../source/view.ts";
import { ComparisonBar } from "./comparison_bar.tsx";
import { differingParameters } from "./differing_parameters.ts";
import { filterSets, setFilter } from "./filter_sets.ts";
import { NoSamples } from "./no_samples.tsx";
import { LiveRuns } from "./live_runs.tsx";
import { mergeSummaries } from "./merge_summaries.ts";
import { SetFilters } from "./set_filters.tsx";
import { SetTable } from "./set_table.tsx";
import { SetsPlots } from "./sets_plots.tsx";
import { setOrder, sortSets } from "./sort_sets.ts";
import { Totals } from "./totals.tsx";

/** The maximum number of listed hits. */
const HITS = 60;

/** The page of all sets: totals, filters, search results, and a table. */
export function SetsPage({ view }: { readonly view: View }): VNode {
  const { query, source } = view;
  const asked = query.q ?? "";
  const found = useLoaded(
    asked === ""
      ? null
      : () => source.search(asked, { set: null, limit: HITS }),
    { key: asked, version: view.sets },
  );
  const all = useMemo(() => [...view.sets.values()], [view.sets]);
  const differing = useMemo(() => differingParameters(all), [all]);
  const hit = asked === "" ? null : found.value?.sets ?? null;
  const filter = setFilter(query);
  const filterText = JSON.stringify(filter);
  const passing = useMemo(() => filterSets(all, filter), [all, filterText]);
  const shown = useMemo(() => {
    const within = hit === null
      ? passing
      : passing.filter(({ id }) => Object.hasOwn(hit, id));
    return sortSets(within, setOrder(query.sort));
  }, [passing, hit, query.sort]);
  const sum = useMemo(
    () => mergeSummaries(shown.map(({ summary }) => summary)),
    [shown],
  );
  const title = view.cacheDirs[0]?.split(/[\\/]/)
    .findLast((part) => part !== "");
  useEffect(() => {
    document.title = `${title ?? "Samples"} – rollouts`;
  }, [title]);

  return (
    <div class="page sets-page">
      <p class="eyebrow">Rollouts</p>
      <h1 tabIndex={-1}>
        <bdi>{title ?? "Samples"}</bdi>
      </h1>
      <p class="note path">
        <bdi>{view.cacheDirs.join(", ")}</bdi>
      </p>
      {view.live !== null && <LiveRuns live={view.live} />}
      {all.length === 0
        ? (
          view.reading === null
            ? <NoSamples cacheDirs={view.cacheDirs} />
            : <p class="empty">The first samples are being read.</p>
        )
        : (
          <>
            <Totals
              summary={sum}
              sets={shown.length}
              of={all.length}
            />
            <SetFilters
              sets={all}
              filter={filter}
              differing={differing}
              query={query}
            />
            {asked !== "" && (
              <SearchResultsView
                view={view}
                query={asked}
                found={found}
                passing={passing}
              />
            )}
            {shown.length === 0
              ? passing.length > 0 ? null : (
                <p class="empty">
                  None of {counted(all.length, "set")} matches.
                </p>
              )
              : (
                <>
                  <Overview query={query}>
                    {() => <SetsPlots summary={sum} filter={filter} />}
                  </Overview>
                  <SetTable
                    sets={shown}
                    order={setOrder(query.sort)}
                    parameters={query.parameters === "all" ? null : differing}
                    query={query}
                  />
                </>
              )}
            <ComparisonBar view={view} />
          </>
        )}
    </div>
  );
}
