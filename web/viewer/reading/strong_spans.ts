/** A range of a text in bold, with the Markdown around it. */
export interface StrongSpan {
  readonly start: number;
  /** The end of the opening delimiter. */
  readonly from: number;
  /** The start of the closing delimiter; headings have none. */
  readonly to: number;
  readonly end: number;
}

// `**bold**` in a line, or a heading of the second level and below: `# …` may be a comment in code.
// Next to a letter, a digit or a closing bracket, `**` is a power. The limit keeps the search linear.
const STRONG =
  /(?<![\p{L}\p{N}_)\]}*])(\*\*)(?=[^\s*])([^\n]{0,400}?[^\s*])(\*\*)(?![\p{L}\p{N}_*])|^(#{2,6} +)(?=\S)([^\n]+)/gmu;

/** Finds the ranges of a text that Markdown makes bold, in order and without overlap. */
export function strongSpans(text: string): StrongSpan[] {
  return [...text.matchAll(STRONG)].map((match) => {
    const [all, stars, bold, , heading] = match;
    const start = match.index;
    const end = start + all.length;
    const from = start + (stars ?? heading!).length;
    return {
      start,
      from,
      to: bold === undefined ? end : from + bold.length,
      end,
    };
  });
}
