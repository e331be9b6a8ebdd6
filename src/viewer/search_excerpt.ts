import { findTerms } from "./find_terms.ts";
import type { SearchTerm } from "./parse_query.ts";
import type { SearchHit } from "./view_data.ts";

/** The text around a match, and the ranges of the matches in it. */
export type SearchExcerpt = Pick<SearchHit, "excerpt" | "marks">;

/** How many characters an excerpt has before the first match, and in total. */
const BEFORE = 60;
const LENGTH = 240;

/** Returns the text around the first match of a term, or `null` if no term matches. */
export function searchExcerpt(
  text: string,
  terms: readonly SearchTerm[],
): SearchExcerpt | null {
  let from = 0;
  let to = 0;
  const ranges: [number, number][] = [];
  for (const { start, end } of findTerms(text, terms)) {
    if (ranges.length === 0) {
      from = wholeCharacter(text, Math.max(0, start - BEFORE));
      to = wholeCharacter(text, Math.min(text.length, from + LENGTH));
    }
    if (start >= to) break;
    // Matches may overlap, such as "one two" and "two".
    const last = ranges.at(-1);
    if (last === undefined || start >= last[1]) {
      ranges.push([start, Math.min(end, to)]);
    } else {
      last[0] = Math.min(last[0], start);
      last[1] = Math.max(last[1], Math.min(end, to));
    }
  }
  if (ranges.length === 0) return null;
  let excerpt = from > 0 ? "…" : "";
  const marks: [number, number][] = [];
  let at = from;
  for (const [start, end] of ranges) {
    excerpt += inOneLine(text.slice(at, start));
    const markStart = excerpt.length;
    excerpt += inOneLine(text.slice(start, end));
    marks.push([markStart, excerpt.length]);
    at = end;
  }
  excerpt += inOneLine(text.slice(at, to));
  return { excerpt: to < text.length ? `${excerpt}…` : excerpt, marks };
}

/** The next index that is not inside a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const isInside = /[\udc00-\udfff]/.test(text.charAt(at)) &&
    /[\ud800-\udbff]/.test(text.charAt(at - 1));
  return isInside ? at + 1 : at;
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
