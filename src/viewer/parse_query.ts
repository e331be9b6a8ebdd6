import { searchWords } from "./search_words.ts";

/** What must stand in a text: a word, or words that follow each other. */
export interface SearchTerm {
  /** The words, in the form that they are compared in. */
  readonly words: readonly string[];
  /** Whether the last of them may go on. */
  readonly isPrefix: boolean;
}

/**
 * What a search asks for. All words must occur, in any order; those in quotes must follow each other,
 * and so must those that are written as one, such as `x^2` or `数学`. The last may be the beginning of
 * a longer word, unless it is a single letter or in quotes that are closed. Without any word there is nothing to search for.
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
    // What begins with a letter is nearly everything, and takes long to find.
    const mayGoOn = index === pieces.length - 1 && !IS_QUOTED.test(piece);
    return { words, isPrefix: mayGoOn && (words.at(-1) ?? "").length > 1 };
  }).filter(({ words }) => words.length > 0);
}

const PIECE = /"[^"]*"?|[^\s"]+/g;
const IS_QUOTED = /^".*"$/s;
