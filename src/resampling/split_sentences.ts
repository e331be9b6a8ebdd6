import { protectedSpans, type Span } from "./protected_spans.ts";
import { endsSentence } from "./sentence_end.ts";

/**
 * Splits a chain of thought into sentences, such that `splitSentences(text).join("") === text` for any text.
 * An empty text has no sentences.
 *
 * White space between two sentences belongs to the second one, so that a text cut between sentences does
 * not end with white space: models' tokens start with a space. White space at the very end belongs to the
 * last sentence.
 *
 * Each line and each code fence is a sentence, and short sentences ("Hmm.", "Wait.") stay separate, because
 * they often change the direction of the reasoning. Punctuation in LaTeX, code, numbers, addresses and
 * abbreviations does not end a sentence, and the number of a list item belongs to the item. Text without a
 * letter or digit (`---`, `}`) is not a sentence: it belongs to the next one, or to the last. Punctuation of
 * any script counts: `。！？`, the danda, `؟`. Surrogate pairs and graphemes are never split.
 *
 * Takes linear time.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitSentences } from "@rollouts/client/resampling";
 *
 * assertEquals(
 *   splitSentences("Okay, 5*10, i.e. $5. \\cdot 10$. Hmm. Is it 50.0?\n\nWait, yes.\n"),
 *   ["Okay, 5*10, i.e. $5. \\cdot 10$.", " Hmm.", " Is it 50.0?", "\n\nWait, yes.\n"],
 * );
 * ```
 */
export function splitSentences(reasoning: string): string[] {
  const sentences: string[] = [];
  const hasContent = contentFinder(reasoning);
  const isGraphemeBoundary = graphemeBoundaries(reasoning);
  let start = 0;
  for (const cut of cuts(reasoning, () => start)) {
    if (cut <= start || !hasContent(start, cut)) continue;
    if (!isGraphemeBoundary(cut)) continue;
    sentences.push(reasoning.slice(start, cut));
    start = cut;
  }
  if (start === reasoning.length) return sentences;
  const rest = reasoning.slice(start);
  if (sentences.length > 0 && !hasContent(start, reasoning.length)) {
    sentences.push(sentences.pop() + rest);
  } else sentences.push(rest);
  return sentences;
}

const TOKEN = /\s+|[\p{Sentence_Terminal}…]+/gu;
const LINE_BREAK = /[\n\r\u2028\u2029]/;
// Closing marks right after the punctuation. French ones follow a space; the German one also opens.
const CLOSERS =
  /(?:["'”’)\]}」』）】〉》*_`]|“(?![\p{L}\p{N}])|[ \u00a0\u202f]?»)*/uy;
const SPACE = /\s*/y;
const LOOK_BEHIND = 60;
const LOOK_AHEAD = 24;

/** Yields the positions at which sentences may end, in order. `startOf()` returns the start of the current one. */
function* cuts(text: string, startOf: () => number): Generator<number> {
  const spans = protectedSpans(text).reverse();
  const token = new RegExp(TOKEN);
  let lineStart = 0;
  for (let match; (match = token.exec(text)) !== null;) {
    const from = match.index;
    const span = takeSpan(spans, from);
    if (span !== null) {
      // "so $x = 5.$ Then": the period is inside.
      const stop = span.end - span.closing - 1;
      const isEnd = /[.!?]/.test(text[stop] ?? "") &&
        /^\s+[\p{Lu}\p{Lo}]/u.test(text.slice(span.end, span.end + LOOK_AHEAD));
      if (isEnd && span.closing < 3) yield span.end;
      token.lastIndex = span.end;
      continue;
    }
    const end = from + match[0].length;
    if (/\s/.test(match[0][0]!)) {
      if (!LINE_BREAK.test(match[0])) continue;
      lineStart = end;
      const isItemNumber = from - startOf() <= LOOK_BEHIND &&
        ITEM_NUMBER.test(text.slice(startOf(), from));
      if (!isItemNumber) yield from;
      continue;
    }
    const start = startOf();
    const whole = from - start <= LOOK_BEHIND;
    const before = text.slice(whole ? start : from - LOOK_BEHIND, from);
    const limit = Math.max(end, spans.at(-1)?.start ?? Infinity);
    const after = afterClosers(text, end, limit, before);
    const next = endOf(SPACE, text, after);
    token.lastIndex = after;
    if (next > after && LINE_BREAK.test(text.slice(after, next))) continue;
    const ends = endsSentence({
      before,
      isWhole: whole,
      startsLine: start === 0 || start < lineStart,
      mark: match[0],
      closers: text.slice(end, after),
      spaceAfter: next > after || next === text.length,
      after: text.slice(next, next + LOOK_AHEAD),
    });
    if (ends) yield after;
  }
}

/** A line that contains only the number of a list item continues on the next. */
const ITEM_NUMBER = /^\s*[*_([]*(?:[0-9]{1,3}[.)\]]|[a-zA-Z][)\]])[*_.]*$/;

/** Returns the span at a position. The spans are in reverse order, and those before the position are removed. */
function takeSpan(spans: Span[], position: number): Span | null {
  let span = spans.at(-1);
  while (span !== undefined && span.end <= position) {
    spans.pop();
    span = spans.at(-1);
  }
  return span !== undefined && span.start <= position ? span : null;
}

/** Returns the position after the closing marks, some of which can also open. */
function afterClosers(
  text: string,
  from: number,
  limit: number,
  before: string,
): number {
  const end = Math.min(endOf(CLOSERS, text, from), limit);
  const closers = text.slice(from, end);
  if (!EITHER_WAY.test(closers) || /^(?:\s|$)/.test(text.slice(end, end + 1))) {
    return end;
  }
  // The first of two equal marks opens.
  return before.split(closers).length % 2 === 0 ? end : from;
}

const EITHER_WAY = /^["'*_`]+$/;

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

/** Returns whether a range has a letter or digit. For ranges in order it reads each character once. */
function contentFinder(text: string): (start: number, end: number) => boolean {
  let begun = -1;
  let read = 0;
  let found = false;
  return (start, end) => {
    if (start !== begun) [begun, read, found] = [start, start, false];
    found ||= /[\p{L}\p{N}]/u.test(text.slice(read, end));
    read = end;
    return found;
  };
}

/** How many characters around a position are searched for a grapheme. */
const GRAPHEME_REACH = 32;

/** Characters below this do not combine with the one before, except in line breaks. */
const FIRST_COMBINING = 0x300;

/** Returns whether a position is between two graphemes. */
function graphemeBoundaries(text: string): (position: number) => boolean {
  let segmenter: Intl.Segmenter | null = null;
  return (position) => {
    const isPlain = text.charCodeAt(position - 1) < FIRST_COMBINING &&
      text.charCodeAt(position) < FIRST_COMBINING;
    if (isPlain || position === text.length) return true;
    segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    const start = Math.max(0, position - GRAPHEME_REACH);
    const near = text.slice(start, position + GRAPHEME_REACH);
    return segmenter.segment(near).containing(position - start)?.index ===
      position - start;
  };
}
