import { commonStart } from "./common_start.ts";
import { shortened } from "./shortened.ts";

/** How many characters are shown before the first that differs. */
const CONTEXT = 24;

/** Returns an excerpt of each text in one line: its beginning, or a part that shows where it differs from the most similar one. */
export function differingExcerpts(
  texts: readonly string[],
  length: number,
): string[] {
  const lines = texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
  return lines.map((line) => {
    const same = lines.filter((other) => other !== line)
      .map((other) => commonStart(line, other));
    const differs = Math.max(0, ...same);
    // Excerpts begin with a word.
    const from = differs + CONTEXT <= length
      ? 0
      : line.lastIndexOf(" ", differs - CONTEXT) + 1;
    return from === 0
      ? shortened(line, length)
      : `…${shortened(line.slice(from), length - 1)}`;
  });
}
