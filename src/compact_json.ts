import type { ReasoningAndContent } from "./full_text.ts";

type Texts = Pick<ReasoningAndContent, "content" | "reasoning">;

/** The marks that replace the texts: characters that JSON contains only as escapes. */
export const MARKS = { content: "\u0001", reasoning: "\u0002" } as const;

/** Shorter texts are not worth a search. */
const MIN_LENGTH = 32;

/**
 * Returns the JSON of an answer without the texts of its sample: each of them, wherever it is a whole JSON
 * string, is replaced by a mark. Answers contain the reasoning twice, so the result, which is posted to
 * another thread and kept in memory, is a fifth as long. {@linkcode expandJson} is the exact inverse.
 *
 * @param json Valid JSON.
 */
export function compactJson(
  json: string,
  { content, reasoning }: Texts,
): string {
  let compact = json;
  if (reasoning !== null && reasoning.length >= MIN_LENGTH) {
    compact = compact.replaceAll(JSON.stringify(reasoning), MARKS.reasoning);
  }
  if (content.length >= MIN_LENGTH) {
    compact = compact.replaceAll(JSON.stringify(content), MARKS.content);
  }
  // A copy with one byte per character if that is enough. Otherwise, V8 would keep parts of `json`, and two
  // bytes per character, since texts are prose: four times the memory.
  return JSON.parse(JSON.stringify(compact));
}

/** Returns the JSON that {@linkcode compactJson} was called with. */
export function expandJson(
  compact: string,
  { content, reasoning }: Texts,
): string {
  return compact
    .replaceAll(MARKS.content, () => JSON.stringify(content))
    .replaceAll(MARKS.reasoning, () => JSON.stringify(reasoning));
}
