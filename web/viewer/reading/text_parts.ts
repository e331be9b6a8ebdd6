import { protectedSpans } from "../../../src/resampling/protected_spans.ts";
import { type StrongSpan, strongSpans } from "./strong_spans.ts";

/** A range of a text that is shown in its own way. */
export interface TextPart {
  readonly kind: "text" | "math" | "code" | "delimiter";
  /** The start in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** The LaTeX or the code without its delimiters; the text itself. */
  readonly source: string;
  /** Whether a formula or code has lines of its own. */
  readonly isBlock: boolean;
  /** The language of code, or an empty string. */
  readonly language: string;
  /** Whether it is bold. */
  readonly isStrong: boolean;
}

/** Splits a text into plain text, LaTeX and code, by the delimiters at which sentences do not end, and around bold text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { start, end } of protectedSpans(text)) {
    const part = delimited(text.slice(start, end));
    if (part === null) continue;
    addText(parts, text, from, start);
    parts.push({ ...part, isStrong: false, start, end });
    from = end;
  }
  addText(parts, text, from, text.length);
  return splitAtStrong(parts, strongSpans(text));
}

/** Splits the plain text around what is bold. A span whose delimiters are not plain text is not bold. */
function splitAtStrong(
  parts: readonly TextPart[],
  spans: readonly StrongSpan[],
): TextPart[] {
  if (spans.length === 0) return [...parts];
  const roles = new Uint8Array(parts.at(-1)?.end ?? 0);
  for (const { kind, start, end } of parts) {
    if (kind === "text") roles.fill(TEXT, start, end);
  }
  for (const { start, from, to, end } of spans) {
    const delimiters = [...roles.slice(start, from), ...roles.slice(to, end)];
    if (delimiters.some((role) => role !== TEXT)) continue;
    roles.fill(DELIMITER, start, from);
    for (let at = from; at < to; at++) roles[at]! |= STRONG;
    roles.fill(DELIMITER, to, end);
  }
  return parts.flatMap((part) => {
    const { kind, start, end } = part;
    const isStrong = (roles[start]! & STRONG) !== 0;
    if (kind !== "text") return { ...part, isStrong };
    const split: TextPart[] = [];
    for (let from = start, to = start + 1; to <= end; to++) {
      const role = roles[from]!;
      if (to < end && roles[to] === role) continue;
      split.push({
        ...part,
        kind: role === DELIMITER ? "delimiter" : "text",
        start: from,
        end: to,
        source: part.source.slice(from - start, to - start),
        isStrong: (role & STRONG) !== 0,
      });
      from = to;
    }
    return split;
  });
}

/** Bits of a character. None is set in a formula or code that is not bold. */
const TEXT = 1;
const DELIMITER = 2;
const STRONG = 4;

/** Adds plain text, in which models often write `\boxed{…}` without a delimiter. */
function addText(
  parts: TextPart[],
  text: string,
  start: number,
  end: number,
): void {
  let from = start;
  const plain = (to: number) => {
    if (to <= from) return;
    const source = text.slice(from, to);
    parts.push({ ...PLAIN, start: from, end: to, source });
  };
  for (;;) {
    const at = text.indexOf(BOXED, from);
    const close = at < 0 || at >= end ? -1 : closingBrace(text, at, end);
    if (close < 0) break;
    plain(at);
    const source = text.slice(at, close);
    parts.push({ ...PLAIN, kind: "math", start: at, end: close, source });
    from = close;
  }
  plain(end);
}

/** A whole text as one part. */
export function plainPart(text: string): TextPart {
  return { ...PLAIN, start: 0, end: text.length, source: text };
}

const BOXED = "\\boxed{";

const PLAIN = {
  kind: "text",
  isBlock: false,
  language: "",
  isStrong: false,
} as const;

/** Returns the position after the brace that closes a `\boxed{`, or -1. */
function closingBrace(text: string, at: number, end: number): number {
  let depth = 1;
  const last = Math.min(end, at + LONGEST_BOX);
  for (let i = at + BOXED.length; i < last; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i + 1;
  }
  return -1;
}

const LONGEST_BOX = 300;

/** Returns what a delimited range is, or `null` if it is text, such as the row of a table. */
function delimited(
  raw: string,
): Omit<TextPart, "start" | "end" | "isStrong"> | null {
  const fence = /^[ \t]*(?:`{3,}|~{3,})[ \t]*([^\s`]*)[^\n]*\n?/.exec(raw);
  if (fence !== null) {
    const source = raw.slice(fence[0].length)
      .replace(/\n?[ \t]*(?:`{3,}|~{3,})[ \t]*$/, "");
    return { kind: "code", source, isBlock: true, language: fence[1]! };
  }
  if (raw.startsWith("`")) {
    const source = raw.replace(/^`+ ?/, "").replace(/ ?`+$/, "");
    return { kind: "code", source, isBlock: false, language: "" };
  }
  const math = { kind: "math", language: "" } as const;
  if (raw.startsWith("\\begin")) return { ...math, source: raw, isBlock: true };
  const [opening] = /^(?:\$\$?|\\[[(])/.exec(raw) ?? [];
  if (opening === undefined) return null;
  const source = raw.slice(opening.length, -opening.length);
  return { ...math, source, isBlock: opening === "$$" || opening === "\\[" };
}
