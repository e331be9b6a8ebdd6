import type { SearchTerm } from "./parse_query.ts";
import { searchWords } from "./search_words.ts";

/** Where a term stands. */
export interface TermPlace {
  /** Which of the terms. */
  readonly index: number;
  /** Where it begins in the text, in UTF-16 code units. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** Where terms stand in a text, in the order of their ends. It goes no further than it is asked to. */
export function* findTerms(
  text: string,
  terms: readonly SearchTerm[],
): Generator<TermPlace, void, undefined> {
  const longest = Math.max(0, ...terms.map(({ words }) => words.length));
  const last: { term: string; start: number }[] = [];
  for (const { term, start, end } of searchWords(text)) {
    last.push({ term, start });
    if (last.length > longest) last.shift();
    for (const [index, { words, isPrefix }] of terms.entries()) {
      const from = last.length - words.length;
      const isHere = from >= 0 && words.every((word, i) => {
        const found = last[from + i]!.term;
        const mayGoOn = isPrefix && i === words.length - 1;
        return mayGoOn ? found.startsWith(word) : found === word;
      });
      if (isHere) yield { index, start: last[from]!.start, end };
    }
  }
}

/** Whether texts have all terms, each in one of them; not where there are no terms. */
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
