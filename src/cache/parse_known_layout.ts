import { CLOSE_TAG } from "../think_tags.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { compactAnswer, resolveAnswer } from "./entry_references.ts";
import type { EntryTexts } from "./entry_texts.ts";
import { ENTRY_VERSIONS } from "./entry_versions.ts";

/** The part of a file of this package that follows the request. */
export interface KnownLayout {
  /** The members of the entry after its request. */
  readonly entry: JsonObject;
  /** Its texts, which do not contradict each other. */
  readonly texts: EntryTexts;
  /** The answer as {@linkcode compactJson} returns it, or `null` if it would not be shorter. */
  readonly compactRaw: string | null;
}

/** The lines of a file up to each of its texts. Texts contain no line breaks. */
const LINES = {
  full: `  "version": ${ENTRY_VERSIONS.references},\n` +
    '  "response": {\n    "full": ',
  content: ',\n    "content": ',
  reasoning: ',\n    "reasoning": ',
  others: ",\n",
  raw: ',\n  "raw": ',
  end: "\n}\n",
} as const;

/**
 * Parses what follows the request in a file whose lines are those that this package writes. `full` is
 * only compared, which takes less time than parsing it. Returns `null` if any line is unusual.
 *
 * @param start Where the request ends.
 */
export function parseKnownLayout(
  text: string,
  start: number,
): KnownLayout | null {
  const fullAt = start + LINES.full.length;
  if (text.slice(start, fullAt) !== LINES.full) return null;
  const fullEnd = text.indexOf(LINES.content, fullAt);
  const contentAt = fullEnd + LINES.content.length;
  const contentEnd = text.indexOf(LINES.reasoning, contentAt);
  const reasoningAt = contentEnd + LINES.reasoning.length;
  const reasoningEnd = text.indexOf(LINES.others, reasoningAt);
  const othersEnd = text.indexOf(LINES.raw, reasoningEnd);
  const rawEnd = text.length - LINES.end.length;
  if (
    fullEnd < 0 || contentEnd < 0 || reasoningEnd < 0 || othersEnd < 0 ||
    text.slice(rawEnd) !== LINES.end
  ) return null;
  const json = {
    full: text.slice(fullAt, fullEnd),
    content: text.slice(contentAt, contentEnd),
    reasoning: text.slice(reasoningAt, reasoningEnd),
  };
  try {
    const texts = parseTexts(json);
    const others = text.slice(reasoningEnd + LINES.others.length, othersEnd);
    const entry: JsonObject = JSON.parse(`{"response":{${others}}`);
    const raw = text.slice(othersEnd + LINES.raw.length, rawEnd);
    return texts === null ? null : withTexts(entry, texts, raw);
  } catch {
    return null;
  }
}

/** Returns the texts, or `null` if `full` is not made of the others. */
function parseTexts(
  json: { readonly full: string; content: string; reasoning: string },
): EntryTexts | null {
  const content: unknown = JSON.parse(json.content);
  const reasoning: unknown = JSON.parse(json.reasoning);
  if (typeof content !== "string") return null;
  if (reasoning === null) {
    return json.full === json.content
      ? { full: content, content, reasoning }
      : null;
  }
  if (typeof reasoning !== "string") return null;
  if (content === "" && json.full === json.reasoning) {
    return { full: reasoning, content, reasoning };
  }
  // Without the quotes between the texts.
  const end = json.reasoning.length - 1;
  const contentAt = end + CLOSE_TAG.length;
  return json.full.slice(0, end) === json.reasoning.slice(0, end) &&
      json.full.slice(end, contentAt) === CLOSE_TAG &&
      json.full.slice(contentAt) === json.content.slice(1)
    ? { full: `${reasoning}${CLOSE_TAG}${content}`, content, reasoning }
    : null;
}

/** Adds the texts and the answer, unless the entry has a member twice or one that belongs elsewhere. */
function withTexts(
  entry: JsonObject,
  texts: EntryTexts,
  rawJson: string,
): KnownLayout | null {
  const { response } = entry;
  if (!isJsonObject(response)) return null;
  for (const name in entry) if (!MEMBERS.has(name)) return null;
  for (const name in texts) if (Object.hasOwn(response, name)) return null;
  Object.assign(response, texts);
  entry.version = ENTRY_VERSIONS.references;
  entry.raw = JSON.parse(rawJson);
  if (!resolveAnswer(entry)) return null;
  const compactRaw = compactAnswer(rawJson);
  const isCompact = compactRaw !== rawJson && !compactRaw.includes('"$ref"');
  return { entry, texts, compactRaw: isCompact ? compactRaw : null };
}

/** The members between the request and the answer. */
const MEMBERS: ReadonlySet<string> = new Set([
  "response",
  "attempts",
  "latency_ms",
  "prefill",
  "quantization",
  "system_fingerprint",
]);
