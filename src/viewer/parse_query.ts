import { searchWords } from "./search_words.ts";

/** A word, or a phrase of consecutive words, that a text must contain. */
export interface SearchTerm {
  /** The words, normalized as by `searchWords`. */
  readonly words: readonly string[];
  /** Whether the last word may be only the beginning of a word in the text. */
  readonly isPrefix: boolean;
}

/**
 * Parses a search query. A text matches if it contains all terms, in any order. Words in quotes form a
 * phrase, and so do words that are written without a space, such as `x^2` or `数学`. The last term also
 * matches longer words, unless it is a single letter or its quotes are closed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseQuery } from "./parse_query.ts";
 *
 * assertEquals(parseQuery('"carry the one" wai'), [
 *   { words: ["carry", "the", "one"], isPrefix: false },
 *   { words: ["wai"], isPrefix: true },
 * ]);
 * ```
 */
export function parseQuery(query: string): SearchTerm[] {
  const pieces = [...query.matchAll(PIECE)];
  return pieces.map(({ 0: piece }, index) => {
    const words = Array.from(searchWords(piece), ({ term }) => term);
    // A single letter would match nearly everything, slowly.
    const isOpen = index === pieces.length - 1 && !IS_QUOTED.test(piece);
    return { words, isPrefix: isOpen && (words.at(-1) ?? "").length > 1 };
  }).filter(({ words }) => words.length > 0);
}

/** Terms in the query language of SQLite's FTS5; words contain no special characters. */
export function matchExpression(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, isPrefix }) =>
    `"${words.join(" ")}"${isPrefix ? " *" : ""}`
  ).join(" AND ");
}

const PIECE = /"[^"]*"?|[^\s"]+/g;
const IS_QUOTED = /^".*"$/s;
