/** Text after the gap that separates a flag, or a command, from its description. */
const ENTRY = /^( +\S.*?\S {2,})(\S.*)$/;

/** The minimum width of the column of descriptions. */
const MIN_COLUMN = 24;

/**
 * Wraps the text of `--help` at a width. Lines without indentation form paragraphs; a line of a flag
 * and a description forms an entry with the lines below its description. Other indented lines are
 * examples, and stay as they are.
 */
export function wrapHelp(help: string, width: number): string {
  const wrapped: string[] = [];
  let [indent, text] = [0, ""];
  const flush = () => {
    if (text !== "") wrapped.push(...wrap(text, indent, width));
    [indent, text] = [0, ""];
  };
  for (const line of help.split("\n")) {
    const [, flag] = ENTRY.exec(line) ?? [];
    const depth = line.search(/\S/);
    if (text !== "" && depth === indent && flag === undefined) {
      text += ` ${line.trim()}`;
    } else if (flag !== undefined) {
      flush();
      [indent, text] = [flag.length, line];
    } else {
      flush();
      if (depth === 0) text = line;
      else wrapped.push(line);
    }
  }
  flush();
  return wrapped.join("\n");
}

/** Wraps text. Lines after the first are indented, unless there is too little room. */
function wrap(text: string, indent: number, width: number): string[] {
  const room = width - indent < MIN_COLUMN ? MIN_COLUMN : width - indent;
  const lines: string[] = [];
  let line = text.slice(0, indent);
  let start = indent;
  for (const word of text.slice(indent).split(" ")) {
    if (line.length > start && line.length + 1 + word.length > indent + room) {
      lines.push(line);
      line = " ".repeat(indent);
      start = indent;
    }
    line += line.length > start ? ` ${word}` : word;
  }
  return [...lines, line];
}
