import type { CacheReader } from "../cache/cache_reader.ts";
import { segmentsOf } from "./segments_of.ts";
import { firstEntry } from "./first_entry.ts";
import type { KnownSet, KnownSets } from "./known_sets.ts";
import { matchExpression } from "./match_expression.ts";
import type { SearchTerm } from "./parse_query.ts";
import { promptText } from "./prompt_text.ts";
import { type SearchExcerpt, searchExcerpt } from "./search_excerpt.ts";
import type { SearchHit, SearchResults } from "./view_data.ts";
import type { ViewIndex } from "./view_index.ts";

/** Where is searched, and how. */
export interface SearchParts {
  /** The cache. */
  readonly cache: CacheReader;
  /** Its index. */
  readonly index: ViewIndex;
  /** Its sets. */
  readonly sets: KnownSets;
  /** Only in this one; null for all. */
  readonly only: KnownSet | null;
  /** Hits at the most. */
  readonly limit: number;
}

/**
 * Where terms stand, by the index; what stands around them is read from the files, step by step. A file
 * that has vanished or changed since gives no hit.
 */
export function* searchSamples(
  terms: readonly SearchTerm[],
  { cache, index, sets, only, limit }: SearchParts,
): Generator<void, Omit<SearchResults, "reading">, undefined> {
  if (terms.length === 0) return { total: 0, hits: [], sets: {} };
  const match = matchExpression(terms);
  const isSearched = ({ number }: KnownSet) =>
    only === null || only.number === number;
  const shown = (number: number) => {
    const set = sets.numbered(number);
    return set?.isChosen && isSearched(set) ? [set] : [];
  };
  const prompts = index.matchingPrompts(match).flatMap(shown);
  const counts = new Map<KnownSet, number>(prompts.map((set) => [set, 0]));
  const found = index.countMatches(match, only?.number ?? null);
  let total = prompts.length;
  for (const [number, samples] of found) {
    for (const set of shown(number)) {
      counts.set(set, samples);
      total += samples;
    }
  }
  const hits: SearchHit[] = [];
  for (const set of prompts) {
    if (hits.length >= limit) break;
    hits.push(...promptHit(set, terms, cache));
    yield;
  }
  const rest = limit - hits.length;
  const files: [KnownSet, string][] = [];
  const matches = index.matches(match, only?.number ?? null);
  // The index is left before anything else may write to it.
  for (const { number, name } of rest > 0 ? matches : []) {
    for (const set of shown(number)) files.push([set, name]);
    if (files.length >= rest) break;
  }
  for (const [set, name] of files) {
    hits.push(...sampleHit(set, name, terms, cache));
    yield;
  }
  const bySet = [...counts].map(([{ row }, samples]) => [row.id, samples]);
  return { total, hits, sets: Object.fromEntries(bySet) };
}

function promptHit(
  { directory, row }: KnownSet,
  terms: readonly SearchTerm[],
  cache: CacheReader,
): SearchHit[] {
  const entry = firstEntry(cache, directory, row.model);
  const around = entry && searchExcerpt(promptText(entry.prompt), terms);
  return around
    ? [{ set: row.id, name: null, seed: null, field: "prompt", ...around }]
    : [];
}

function sampleHit(
  { directory, row }: KnownSet,
  name: string,
  terms: readonly SearchTerm[],
  cache: CacheReader,
): SearchHit[] {
  const sample = cache.sample(segmentsOf(directory), name);
  if (sample === null || sample.problem !== null) return [];
  const { reasoning, content } = sample.entry!.response;
  const around = textHit({ reasoning, content }, terms);
  return around === null
    ? []
    : [{ set: row.id, name, seed: sample.seed, ...around }];
}

/** What stands around terms in a sample: in its reasoning, unless only its content has some. */
export function textHit(
  { reasoning, content }: {
    readonly reasoning: string | null;
    readonly content: string;
  },
  terms: readonly SearchTerm[],
): (SearchExcerpt & Pick<SearchHit, "field">) | null {
  const inReasoning = searchExcerpt(reasoning ?? "", terms);
  if (inReasoning !== null) return { field: "reasoning", ...inReasoning };
  const inContent = searchExcerpt(content, terms);
  return inContent === null ? null : { field: "content", ...inContent };
}
