import { findTerms } from "./find_terms.ts";
import type { SearchTerm } from "./parse_query.ts";

/** What stands around the first of some terms. */
export interface SearchExcerpt {
  /** It, in one line. */
  readonly excerpt: string;
  /** Where terms stand in it, in UTF-16 code units: beginnings and ends. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** How many characters stand before the first term, and how many there are in all. */
const BEFORE = 60;
const LENGTH = 240;

/** What stands around the first of some terms in a text; null where none of them does. */
export function searchExcerpt(
  text: string,
  terms: readonly SearchTerm[],
): SearchExcerpt | null {
  let from = 0;
  let to = 0;
  const places: [number, number][] = [];
  for (const { start, end } of findTerms(text, terms)) {
    if (places.length === 0) {
      from = wholeCharacter(text, Math.max(0, start - BEFORE));
      to = wholeCharacter(text, Math.min(text.length, from + LENGTH));
    }
    if (start >= to) break;
    // Terms may lie in each other: "one two" and "two".
    const before = places.at(-1);
    if (before === undefined || start >= before[1]) {
      places.push([start, Math.min(end, to)]);
    } else {
      before[0] = Math.min(before[0], start);
      before[1] = Math.max(before[1], Math.min(end, to));
    }
  }
  return places.length === 0 ? null : inOneLine(text, { from, to, places });
}

/** An index that does not lie within a character of two code units. */
function wholeCharacter(text: string, at: number): number {
  const isWithin = /[\udc00-\udfff]/.test(text.charAt(at)) &&
    /[\ud800-\udbff]/.test(text.charAt(at - 1));
  return isWithin ? at + 1 : at;
}

function inOneLine(
  text: string,
  { from, to, places }: {
    readonly from: number;
    readonly to: number;
    readonly places: readonly (readonly [number, number])[];
  },
): SearchExcerpt {
  let excerpt = from > 0 ? "…" : "";
  const marks: [number, number][] = [];
  let at = from;
  for (const [start, end] of places) {
    excerpt += line(text.slice(at, start));
    const markStart = excerpt.length;
    excerpt += line(text.slice(start, end));
    marks.push([markStart, excerpt.length]);
    at = end;
  }
  excerpt += line(text.slice(at, to));
  return { excerpt: to < text.length ? `${excerpt}…` : excerpt, marks };
}

function line(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
