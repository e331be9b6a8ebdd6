/** The deepest nesting of a line. Deeper values overflow the stack where they are written. */
const MAX_DEPTH = 500;

/**
 * Returns the members of a JSON object as they are written, by their names: numbers keep all of their
 * digits.
 *
 * @throws {SyntaxError} If the text is not JSON.
 * @throws {TypeError} If it is not an object, a name appears twice, or it is nested too deeply.
 */
export function jsonMembers(text: string): ReadonlyMap<string, string> {
  const value = parseLine(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(
      `it must be a JSON object, got ${text.slice(0, 40)}${
        Array.isArray(value) ? IS_LIST : ""
      }`,
    );
  }
  const members = new Map<string, string>();
  /** The names so far of each object that is open, and `null` for each open array. */
  const open: (Set<string> | null)[] = [];
  let name = "";
  let valueStart = 0;
  let isName = false;
  const endMember = (end: number) => {
    // Between values, a carriage return is white space; in strings, JSON has it as an escape.
    const json = text.slice(valueStart, end).replaceAll("\r", " ").trim();
    if (open.length === 1 && json !== "") members.set(name, json);
  };
  // `JSON.parse` has checked the syntax.
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = stringEnd(text, at);
        if (isName) {
          const found = JSON.parse(text.slice(at, end + 1));
          const names = open.at(-1)!;
          if (names.has(found)) {
            throw new TypeError(
              `its key ${JSON.stringify(found)} appears twice: remove one`,
            );
          }
          names.add(found);
          if (open.length === 1) name = found;
          isName = false;
        }
        at = end;
        break;
      }
      case "{":
      case "[":
        if (open.length === MAX_DEPTH) {
          throw new TypeError(`it is nested deeper than ${MAX_DEPTH} levels`);
        }
        isName = text[at] === "{";
        open.push(isName ? new Set() : null);
        if (open.length === 1) valueStart = text.length;
        break;
      case "}":
      case "]":
        endMember(at);
        open.pop();
        isName = false;
        break;
      case ",":
        endMember(at);
        isName = open.at(-1) !== null;
        break;
      case ":":
        if (open.length === 1) valueStart = at + 1;
        break;
    }
  }
  return members;
}

const IS_LIST =
  ": if the file is one JSON list, write each item on its own line, as jq -c '.[]' does";

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const isList = /^\s*\[\s*(?:\{|$)/.test(text);
    throw new SyntaxError(
      `it must be a JSON object, got ${text.slice(0, 40)}${
        isList ? IS_LIST : ` (${(error as Error).message})`
      }`,
    );
  }
}

/** Returns the index of the quote that ends the string at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start;;) {
    at = text.indexOf('"', at + 1);
    let first = at;
    while (text[first - 1] === "\\") first--;
    if ((at - first) % 2 === 0) return at;
  }
}
