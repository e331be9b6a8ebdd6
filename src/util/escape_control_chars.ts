/**
 * Escapes control characters and bidirectional marks as `\uXXXX`, so that a terminal shows them instead of
 * obeying them. JSON keeps its meaning. Tabs and line ends are kept.
 */
export function escapeControlChars(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u061c\u200b\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]|\r(?!\n)/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Shows a text as one line: escapes control characters, and line ends and tabs as `\\n` and `\\t`. */
export function oneLine(text: string): string {
  return escapeControlChars(text).replaceAll(/\r?\n/g, "\\n")
    .replaceAll("\t", "\\t");
}

/** Shortens a string to one line of at most `length` characters, and escapes it. */
export function firstWords(text: string, length: number): string {
  const line = oneLine(text.slice(0, 4 * length)).replaceAll(/ {2,}/g, " ");
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
