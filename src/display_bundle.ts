/** The content that a notebook shows for a value, by MIME type. */
export interface DisplayBundle {
  /** Plain text, for frontends without HTML. */
  readonly "text/plain": string;
  /** HTML in which all texts are escaped. */
  readonly "text/html": string;
}

/** The parts of the content that a notebook shows. */
export interface DisplayParts {
  /** One line about the whole value. */
  readonly caption: string;
  /** The names of the columns. */
  readonly head: readonly string[];
  /** The cells of the rows. */
  readonly rows: readonly (readonly string[])[];
  /** Longer texts after the table, with their headings. */
  readonly texts?: readonly (readonly [heading: string, text: string])[];
}

/** Longer texts are cut off, in characters. */
const MAX_CELL = 200;
const MAX_TEXT = 20_000;

/** Builds the content that a notebook shows for a value. Text from models and servers is never markup. */
export function displayBundle(
  { caption, head, rows, texts = [] }: DisplayParts,
): DisplayBundle {
  const cells = rows.map((row) =>
    row.map((cell) => visible(shortened(cell, MAX_CELL)))
  );
  const shown = texts.map(([heading, text]) =>
    [visible(heading), visible(shortened(text, MAX_TEXT))] as const
  );
  const plain = [
    visible(caption),
    ...[head, ...cells].map((row) =>
      row.map((cell) => cell.replaceAll(/\s+/g, " ")).join(" | ")
    ),
    ...shown.map(([heading, text]) => `\n${heading}:\n${text}`),
  ];
  const style = 'style="text-align:left;white-space:pre-wrap"';
  const html = [
    `<table><caption ${style}>${escaped(visible(caption))}</caption>`,
    `<thead><tr>${head.map((name) => `<th>${escaped(name)}</th>`).join("")}`,
    "</tr></thead><tbody>",
    ...cells.map((row) =>
      `<tr>${
        row.map((cell) => `<td ${style}>${escaped(cell)}</td>`).join("")
      }</tr>`
    ),
    "</tbody></table>",
    ...shown.map(([heading, text]) =>
      `<details open><summary>${escaped(heading)}</summary>` +
      `<pre ${style}>${escaped(text)}</pre></details>`
    ),
  ];
  return { "text/plain": plain.join("\n"), "text/html": html.join("") };
}

/** Defines the method that notebooks call to show an object. It is not part of the object's type or data. */
export function defineDisplay<T extends object>(
  target: T,
  display: (value: T) => DisplayBundle,
): T {
  return Object.defineProperty(target, Symbol.for("Jupyter.display"), {
    value(this: T) {
      return display(this);
    },
  });
}

/** Formats a cost in US dollars with three significant digits, or `?` if it is unknown. */
export function shownCost(usd: number | null): string {
  return usd === null ? "?" : `$${Number(usd.toPrecision(3))}`;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Shows characters that control a terminal or reorder text as `\u{…}`. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) =>
      character === "\n" || character === "\t"
        ? character
        : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
