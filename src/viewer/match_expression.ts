import type { SearchTerm } from "./parse_query.ts";

/** Terms in the language of SQLite's FTS5. They hold nothing but letters, digits and marks. */
export function matchExpression(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, isPrefix }) =>
    `"${words.join(" ")}"${isPrefix ? " *" : ""}`
  ).join(" AND ");
}
