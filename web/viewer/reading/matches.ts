import { findTerms } from "../../../src/viewer/find_terms.ts";
import { parseQuery } from "../../../src/viewer/parse_query.ts";

/** A range of a text, in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

/** The maximum number of matches that are marked in a text. */
const MOST = 2_000;

/** Returns where the words of a query are in a text, in order and without overlap. */
export function matches(text: string, query: string): Range[] {
  const terms = parseQuery(query);
  const found: [number, number][] = [];
  if (terms.length === 0) return found;
  for (const { start, end } of findTerms(text, terms)) {
    const last = found.at(-1);
    if (last !== undefined && start < last[1]) {
      last[0] = Math.min(last[0], start);
      last[1] = Math.max(last[1], end);
    } else if (found.length === MOST) break;
    else found.push([start, end]);
  }
  return found;
}
