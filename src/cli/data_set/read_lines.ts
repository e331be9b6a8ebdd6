/** A line of text. */
export interface TextLine {
  /** Its number, from 1. */
  readonly number: number;
  /** The line without its end. */
  readonly text: string;
  /** How it ends: `\n`, `\r\n`, or nothing at the end of the text. */
  readonly end: string;
}

/** A line cannot be read. */
export class LineError extends SyntaxError {
  /** The number of the line. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** The longest line. A longer one would take gigabytes of memory, and no model accepts such a prompt. */
export const MAX_LINE_CHARACTERS = 32 * 1024 * 1024;

/**
 * Yields the lines of text.
 *
 * @throws {LineError} If a line is too long. The lines before it are yielded first.
 */
export async function* readLines(
  text: AsyncIterable<string>,
): AsyncGenerator<TextLine, void, undefined> {
  let number = 0;
  /** The parts of a line that began in an earlier chunk. */
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of text) {
    let start = 0;
    for (;;) {
      const at = chunk.indexOf("\n", start);
      const part = chunk.slice(start, at < 0 ? chunk.length : at);
      length += part.length;
      if (length > MAX_LINE_CHARACTERS) throw tooLong(number + 1);
      if (at < 0) {
        if (part !== "") parts.push(part);
        break;
      }
      const line = parts.length === 0 ? part : [...parts, part].join("");
      parts = [];
      length = 0;
      start = at + 1;
      const isCrLf = line.endsWith("\r");
      yield {
        number: ++number,
        text: isCrLf ? line.slice(0, -1) : line,
        end: isCrLf ? "\r\n" : "\n",
      };
    }
  }
  if (parts.length > 0) {
    yield { number: ++number, text: parts.join(""), end: "" };
  }
}

/** Returns the error for a line, or a row of several lines, that is too long. */
export function tooLong(line: number): LineError {
  const most = MAX_LINE_CHARACTERS.toLocaleString("en-US");
  return new LineError(line, `it is longer than ${most} characters`);
}
