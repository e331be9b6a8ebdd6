import type { CacheReader } from "../cache/cache_reader.ts";
import { segmentsOf } from "./directory_tree.ts";
import { firstEntry } from "./first_entry.ts";
import type { KnownSet, KnownSets } from "./known_sets.ts";
import { matchExpression, type SearchTerm } from "./parse_query.ts";
import { promptText } from "./prompt_text.ts";
import { type SearchExcerpt, searchExcerpt } from "./search_excerpt.ts";
import type { SampleTexts, SearchHit, SearchResults } from "./view_data.ts";
import type { ViewIndex } from "./view_index.ts";

/** The cache, index and scope of a search. */
export interface SearchParts {
  readonly cache: CacheReader;
  /** The index of its samples. */
  readonly index: ViewIndex;
  /** The sets of the cache. */
  readonly sets: KnownSets;
  /** The set to search, or `null` for all sets. */
  readonly only: KnownSet | null;
  /** The maximum number of hits. */
  readonly limit: number;
}

/**
 * Finds the matches of terms in the index and reads their excerpts from the files, step by step. A file
 * that has disappeared or changed since it was indexed gives no hit.
 */
export function* searchSamples(
  terms: readonly SearchTerm[],
  { cache, index, sets, only, limit }: SearchParts,
): Generator<void, Omit<SearchResults, "reading">, undefined> {
  if (terms.length === 0) return { total: 0, hits: [], sets: {} };
  const expression = matchExpression(terms);
  const shown = (number: number) => {
    const set = sets.numbered(number);
    return set?.isChosen && (only === null || only === set) ? [set] : [];
  };
  const prompts = index.matchingPrompts(expression).flatMap(shown);
  const counts = new Map<KnownSet, number>(prompts.map((set) => [set, 1]));
  const found = index.countMatches(expression, only?.number ?? null);
  let total = prompts.length;
  for (const [number, samples] of found) {
    for (const set of shown(number)) {
      counts.set(set, (counts.get(set) ?? 0) + samples);
      total += samples;
    }
  }
  const hits: SearchHit[] = [];
  for (const { directory, row } of prompts) {
    if (hits.length >= limit) break;
    const entry = firstEntry(cache, directory, row.model);
    const excerpt = entry && searchExcerpt(promptText(entry.prompt), terms);
    if (excerpt !== null) {
      const hit = { set: row.id, name: null, seed: null } as const;
      hits.push({ ...hit, field: "prompt", ...excerpt });
    }
    yield;
  }
  const rest = limit - hits.length;
  const files: [KnownSet, string][] = [];
  const matches = index.matches(expression, only?.number ?? null);
  // Nothing may write to the index during the iteration, so there is no step in it.
  for (const { number, name } of rest > 0 ? matches : []) {
    for (const set of shown(number)) files.push([set, name]);
    if (files.length >= rest) break;
  }
  for (const [{ directory, row }, name] of files) {
    const sample = cache.sample(segmentsOf(directory), name);
    const match = sample?.entry && sample.problem === null
      ? textMatch(sample.entry.response, terms)
      : null;
    if (match !== null) {
      hits.push({ set: row.id, name, seed: sample!.seed, ...match });
    }
    yield;
  }
  const bySet = [...counts].map(([{ row }, matches]) => [row.id, matches]);
  return { total, hits, sets: Object.fromEntries(bySet) };
}

/** Returns the excerpt of a sample's reasoning, or of its content if only that matches. */
function textMatch(
  { reasoning, content }: Pick<SampleTexts, "reasoning" | "content">,
  terms: readonly SearchTerm[],
): (SearchExcerpt & Pick<SearchHit, "field">) | null {
  const inReasoning = searchExcerpt(reasoning ?? "", terms);
  if (inReasoning !== null) return { field: "reasoning", ...inReasoning };
  const inContent = searchExcerpt(content, terms);
  return inContent === null ? null : { field: "content", ...inContent };
}
