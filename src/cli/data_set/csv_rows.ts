import { countNoun } from "../../util/count_noun.ts";
import {
  LineError,
  MAX_LINE_CHARACTERS,
  type TextLine,
  tooLong,
} from "./read_lines.ts";

/** A row of CSV. */
export interface CsvRow {
  /** The number of its first line. */
  readonly number: number;
  /** Parses the fields, by the names in the first row. */
  readonly fields: () => ReadonlyMap<string, string>;
}

/**
 * Yields the rows after the first one, which has the names of the fields. Line ends in quoted fields
 * stay as they are. Skips empty lines.
 *
 * @throws {LineError} If the first row contains a name twice, or a quoted field does not end.
 */
export async function* csvRows(
  lines: AsyncIterable<TextLine>,
): AsyncGenerator<CsvRow, void, undefined> {
  let names: readonly string[] | null = null;
  for await (const { number, text } of joinedRows(lines)) {
    if (names !== null) {
      const known = names;
      yield { number, fields: () => byName(parseRow(text), known) };
      continue;
    }
    names = parseRow(text);
    const twice = names.find((name, index) => names!.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new LineError(
        number,
        `the column ${
          JSON.stringify(twice)
        } appears twice: rename or remove one`,
      );
    }
  }
}

/** Joins the lines of each row. A line with an odd number of quotes continues in the next line. */
async function* joinedRows(
  lines: AsyncIterable<TextLine>,
): AsyncGenerator<TextLine, void, undefined> {
  let parts: string[] = [];
  let length = 0;
  let first = 0;
  for await (const { number, text, end } of lines) {
    if (parts.length === 0) {
      if (text.trim() === "") continue;
      first = number;
    }
    const isOpen = (parts.length > 0) !== hasOddQuotes(text);
    if (!isOpen) {
      yield { number: first, text: [...parts, text].join(""), end };
      parts = [];
      length = 0;
      continue;
    }
    parts.push(text + end);
    length += text.length;
    if (length > MAX_LINE_CHARACTERS) throw tooLong(first);
  }
  if (parts.length > 0) {
    throw new LineError(
      first,
      "it contains a quoted field without a closing quote",
    );
  }
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    isOdd = !isOdd;
  }
  return isOdd;
}

function parseRow(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? closingQuote(text, at) + 1 : commaAfter(text, at);
    const field = isQuoted
      ? text.slice(at + 1, end - 1).replaceAll('""', '"')
      : text.slice(at, end);
    if (isQuoted && end < text.length && text[end] !== ",") {
      throw new SyntaxError(
        `column ${
          fields.length + 1
        } has text after its closing quote: write quotes in it twice`,
      );
    }
    if (!isQuoted && field.includes('"')) {
      throw new SyntaxError(
        `column ${
          fields.length + 1
        } contains a quote: put the whole field in quotes, and write each quote in it twice`,
      );
    }
    fields.push(field);
    if (end >= text.length) return fields;
    at = end + 1;
  }
}

function commaAfter(text: string, start: number): number {
  const at = text.indexOf(",", start);
  return at < 0 ? text.length : at;
}

function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function byName(
  fields: readonly string[],
  names: readonly string[],
): ReadonlyMap<string, string> {
  if (fields.length !== names.length) {
    throw new SyntaxError(
      `it contains ${
        countNoun(fields.length, "field")
      }, but the first row contains ${countNoun(names.length, "column")}`,
    );
  }
  return new Map(names.map((name, index) => [name, fields[index]!]));
}
