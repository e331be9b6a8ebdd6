import { getOrCreate } from "../util/get_or_create.ts";

/** A range of a text. */
export interface Span {
  readonly start: number;
  /** The end, exclusive. */
  readonly end: number;
  /** The length of the closing delimiter: 1 for `$`, 2 for `\)`. */
  readonly closing: number;
}

/**
 * Finds the ranges of a text in which punctuation and line breaks do not end a sentence, in order and
 * without overlap: code fences, inline code, table rows, and LaTeX between `$`, `$$`, `\( \)`, `\[ \]` or
 * `\begin{…}` and `\end{…}`.
 *
 * Unclosed delimiters do not count. Nor does LaTeX with an empty line, which LaTeX does not allow, or a `$`
 * that is a currency sign by Pandoc's rule: one followed by white space, or whose partner follows white
 * space or precedes a digit.
 *
 * Takes linear time: no opening or closing delimiter is searched for twice.
 */
export function protectedSpans(text: string): Span[] {
  const next = positions(text);
  const fenceEnd = fenceEnds(text);
  const spans: Span[] = [];
  const opening = new RegExp(OPENING);
  for (;;) {
    const match = opening.exec(text);
    if (match === null) return spans;
    const span = FENCE.test(match[0])
      ? fenceAt(match, fenceEnd)
      : spanAt(text, match, next);
    if (span === null) continue;
    spans.push(span);
    opening.lastIndex = span.end;
  }
}

// In this order: fence, table row, escapes (which open nothing) and LaTeX delimiters, environment, `$`, inline code.
const OPENING =
  /^[ \t]*(?:`{3,}|~{3,})[^\n]*|^[ \t]*\|[^\n]*\|(?=[ \t\r]*$)|\\[\\$`]|\\[[(]|\\begin\{[a-z]{1,20}\*?\}|\$\$?|`+/gm;

/** Returns the next position of a closing delimiter, or -1. Positions must be requested in ascending order. */
type Positions = (closing: string, from: number) => number;

/** Searches for each closing delimiter only once. */
function positions(text: string): Positions {
  const known = new Map<string, number>();
  let environments: Map<string, number[]> | null = null;
  return (closing, from) => {
    if (closing.startsWith("\\end{")) {
      environments ??= environmentEnds(text);
      const ends = environments.get(closing) ?? [];
      while (ends.length > 0 && ends.at(-1)! < from) ends.pop();
      return ends.at(-1) ?? -1;
    }
    let position = known.get(closing) ?? 0;
    if (position !== -1 && position < from || !known.has(closing)) {
      position = text.indexOf(closing, from);
      known.set(closing, position);
    }
    return position;
  };
}

/** The positions of each `\\end{…}`, in descending order. */
function environmentEnds(text: string): Map<string, number[]> {
  const matches = [...text.matchAll(/\\end\{[a-z]{1,20}\*?\}/g)];
  const ends = new Map<string, number[]>();
  for (const { 0: closing, index } of matches.reverse()) {
    getOrCreate(ends, closing, () => [] as number[]).push(index);
  }
  return ends;
}

function spanAt(
  text: string,
  match: RegExpExecArray,
  next: Positions,
): Span | null {
  const [mark] = match;
  const start = match.index;
  const from = start + mark.length;
  if (mark === "\\\\" || mark === "\\$" || mark === "\\`") return null;
  if (mark.endsWith("|")) return { start, end: from, closing: 1 };
  if (mark === "$") return dollarsAt(text, start, next);
  if (mark.startsWith("`")) {
    const end = sameLine(from, next(mark, from), next);
    return end === -1 || text[end + mark.length] === "`"
      ? null
      : { start, end: end + mark.length, closing: mark.length };
  }
  const closing = CLOSING[mark] ?? mark.replace("begin", "end");
  const end = next(closing, from);
  const blank = next("\n\n", from);
  return end === -1 || (blank !== -1 && blank < end)
    ? null
    : { start, end: end + closing.length, closing: closing.length };
}

const CLOSING: Readonly<Record<string, string>> = {
  "\\[": "\\]",
  "\\(": "\\)",
  "$$": "$$",
};

const FENCE = /^[ \t]*([`~]{3,})(.*)/;

/** Returns the end of the fence that a mark opens before a position, or -1 if it is not closed. */
type FenceEnd = (mark: string, from: number) => number;

/** A fence ends at the same mark, at least as long, on its own line. */
function fenceEnds(text: string): FenceEnd {
  const closings = [...text.matchAll(/^[ \t]*(`{3,}|~{3,})(?=[ \t\r]*$)/gm)];
  let first = 0;
  // An unclosed mark is not searched for again, nor is a longer one.
  const unclosed: Record<string, number> = { "`": Infinity, "~": Infinity };
  return (mark, from) => {
    const character = mark[0]!;
    if (mark.length >= unclosed[character]!) return -1;
    while (first < closings.length && closings[first]!.index < from) first++;
    for (let at = first; at < closings.length; at++) {
      const [line, closing] = closings[at]!;
      if (closing!.startsWith(mark)) return closings[at]!.index + line.length;
    }
    unclosed[character] = mark.length;
    return -1;
  };
}

function fenceAt(match: RegExpExecArray, fenceEnd: FenceEnd): Span | null {
  const [, mark, info] = FENCE.exec(match[0])!;
  if (mark![0] === "`" && info!.includes("`")) return null;
  const end = fenceEnd(mark!, match.index + match[0].length);
  return end === -1 ? null : { start: match.index, end, closing: mark!.length };
}

function dollarsAt(text: string, start: number, next: Positions): Span | null {
  const from = start + 1;
  let end = next("$", from);
  while (end !== -1 && text[end - 1] === "\\") end = next("$", end + 1);
  end = sameLine(from, end, next);
  if (end === -1 || end === from) return null;
  if (/\s/.test(text[from]!) || /\s/.test(text[end - 1]!)) return null;
  if (/[0-9]/.test(text[end + 1] ?? "")) return null;
  // "($5) and ($6)": if it starts with a digit and contains words, it is money.
  const inner = text.slice(from, end);
  const isMoney = /^[0-9]/.test(inner) &&
    /(?<![\\a-zA-Z{])[a-zA-Z]{3,}/.test(inner);
  return isMoney ? null : { start, end: end + 1, closing: 1 };
}

/** Returns the position if it is on the same line, else -1. */
function sameLine(
  from: number,
  position: number,
  next: Positions,
): number {
  if (position === -1) return -1;
  const line = next("\n", from);
  return line !== -1 && line < position ? -1 : position;
}
