import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type {
  SampleSet,
  SearchHit,
  SearchResults,
} from "../../../src/viewer/view_data.ts";
import {
  differingParameters,
  parameterList,
} from "../sets/differing_parameters.ts";
import { address } from "../route/route.ts";
import { promptTitle } from "../set/prompt_title.tsx";
import type { Loaded } from "../source/use_loaded.ts";
import { MarkedExcerpt } from "../text/marked_excerpt.tsx";
import { counted, whole } from "../text/numbers.ts";
import type { View } from "../source/view.ts";

/** The maximum number of listed hits of a set. */
const PER_SET = 4;

/** The results of a search in the sets that pass the filters, by set. */
export function SearchResultsView(
  { view, query, found, passing }: {
    readonly view: View;
    readonly query: string;
    readonly found: Loaded<SearchResults>;
    /** The sets that pass the filters. */
    readonly passing: readonly SampleSet[];
  },
): VNode {
  const { error } = found;
  const value = useMemo(
    () => found.value === null ? null : within(found.value, passing),
    [found.value, passing],
  );
  const differing = useMemo(
    () => differingParameters([...view.sets.values()]),
    [view.sets],
  );
  return (
    <section class="hits" aria-labelledby="hits-title">
      <h2 id="hits-title">Found</h2>
      <p role="status" class="note">
        {error !== null
          ? `The search failed: ${error.message}`
          : value === null
          ? "Searching…"
          : outcome(value, query)}
        {value !== null && <RestOfSets found={value} />}
      </p>
      {value !== null && (
        <ul class="hit-sets">
          {[...Map.groupBy(value.hits, ({ set }) => set)].map(([id, hits]) => (
            <SetHits
              key={id}
              view={view}
              id={id}
              differing={differing}
              hits={hits}
              matches={value.sets[id] ?? hits.length}
              query={query}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The results in some of the sets. */
function within(
  found: SearchResults,
  sets: readonly SampleSet[],
): SearchResults {
  const counts = Object.fromEntries(
    sets.flatMap(({ id }) =>
      Object.hasOwn(found.sets, id) ? [[id, found.sets[id]!]] : []
    ),
  );
  return {
    ...found,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    sets: counts,
    hits: found.hits.filter(({ set }) => Object.hasOwn(counts, set)),
  };
}

function SetHits(
  { view, id, differing, hits, matches, query }: {
    readonly view: View;
    readonly id: string;
    readonly differing: readonly string[];
    readonly hits: readonly SearchHit[];
    readonly matches: number;
    readonly query: string;
  },
): VNode | null {
  const set = view.sets.get(id);
  if (set === undefined) return null;
  const parameters = parameterList(set, differing);
  return (
    <li>
      <p class="hit-set">
        <a href={address(["set", id], { q: query })}>
          <bdi>{promptTitle(set, 120)}</bdi>
        </a>
        <span class="note">
          <bdi>{set.model}</bdi>
          {parameters !== "" && `, ${parameters}`}
          {set.prefillStart !== null && ", with a prefill"},{" "}
          {matchingTexts(matches)}
        </span>
      </p>
      <ol>
        {hits.slice(0, PER_SET).map((hit) => (
          <li key={hit.name ?? "prompt"}>
            <HitLink hit={hit} query={query} />
            <MarkedExcerpt excerpt={hit.excerpt} marks={hit.marks} />
          </li>
        ))}
      </ol>
    </li>
  );
}

function HitLink(
  { hit, query }: { readonly hit: SearchHit; readonly query: string },
): VNode {
  const path = hit.name === null ? [hit.set] : [hit.set, hit.name];
  return (
    <a class="hit" href={address(["set", ...path], { q: query })}>
      {hit.name === null
        ? "prompt"
        : `seed ${hit.seed}, ${hit.field === "content" ? "answer" : hit.field}`}
    </a>
  );
}

function outcome(
  { total, sets, reading }: SearchResults,
  query: string,
): string {
  const rest = reading === null
    ? ""
    : ` Only ${whole(reading.done)} of ${
      whole(reading.total)
    } samples have been read yet.`;
  if (total === 0) return `No matches for “${query}”.${rest}`;
  const among = Object.keys(sets).length;
  return `${matchingTexts(total)} in ${counted(among, "set")}.${rest}`;
}

/** A number of prompts and samples, in each of which a search may find several places. */
function matchingTexts(count: number): string {
  return `${counted(count, "text")} ${count === 1 ? "matches" : "match"}`;
}

/** How many sets have excerpts if not all have, and a link to the others. */
function RestOfSets(
  { found }: { readonly found: SearchResults },
): VNode | null {
  const listed = new Set(found.hits.map(({ set }) => set)).size;
  const all = Object.keys(found.sets).length;
  if (listed === all) return null;
  return (
    <>
      {" "}
      {listed === 0
        ? "The first excerpts are all from other sets."
        : `Excerpts are from ${counted(listed, "set")}.`}{" "}
      <button type="button" class="quiet" onClick={showTable}>
        Show the {counted(all, "set")} in the table
      </button>
    </>
  );
}

/** Shows the table of sets, which is below the excerpts and the overview. */
function showTable(): void {
  document.querySelector(".set-table")?.scrollIntoView({ block: "start" });
  document.querySelector<HTMLElement>(".set-table tbody a")
    ?.focus({ preventScroll: true });
}
