import type { SearchTerm } from "./parse_query.ts";
import { searchWords } from "./search_words.ts";

/** A match of a term in a text. */
export interface TermMatch {
  /** The index of the term. */
  readonly index: number;
  /** The start in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Finds the matches of terms in a text, lazily, in the order of their ends. */
export function* findTerms(
  text: string,
  terms: readonly SearchTerm[],
): Generator<TermMatch, void, undefined> {
  const longest = Math.max(0, ...terms.map(({ words }) => words.length));
  const recent: { term: string; start: number }[] = [];
  for (const { term, start, end } of searchWords(text)) {
    recent.push({ term, start });
    if (recent.length > longest) recent.shift();
    for (const [index, { words, isPrefix }] of terms.entries()) {
      const first = recent.length - words.length;
      const isMatch = first >= 0 && words.every((word, i) => {
        const found = recent[first + i]!.term;
        return isPrefix && i === words.length - 1
          ? found.startsWith(word)
          : found === word;
      });
      if (isMatch) yield { index, start: recent[first]!.start, end };
    }
  }
}

/** Whether each term occurs in one of the texts; false if there are no terms. */
export function haveTerms(
  texts: readonly string[],
  terms: readonly SearchTerm[],
): boolean {
  const missing = new Set(terms.keys());
  for (const text of texts) {
    for (const { index } of findTerms(text, terms)) {
      missing.delete(index);
      if (missing.size === 0) return true;
    }
  }
  return false;
}
