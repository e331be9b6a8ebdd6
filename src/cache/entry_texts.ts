import type { JsonObject } from "../util/json_object.ts";

/** The texts of a sample, as an entry has them. */
export interface EntryTexts {
  /** The whole text. */
  readonly full: string;
  /** What the model answered, after its reasoning. */
  readonly content: string;
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
}

/**
 * The texts of our entries, which say twice what reasoning and content are: both must agree, or it
 * is null. `message` is the one in the provider's whole answer, null where there is none.
 */
export function ourTexts(
  response: JsonObject,
  message: JsonObject | null,
): EntryTexts | null {
  const full = text(response.full);
  const content = sharedText(response.content, message?.content);
  const reasoning = sharedText(response.reasoning, message?.reasoning);
  if (full === null || content === null) return null;
  if (reasoning === null) {
    const isWhole = response.reasoning === null && full === content;
    return isWhole ? { full: content, content, reasoning } : null;
  }
  if (content === "" && full === reasoning) {
    return { full: reasoning, content, reasoning };
  }
  // The same as full === `${reasoning}</think>${content}`, without writing that out for each file;
  // and by slices, since startsWith() takes ten times as long for texts of this size.
  const end = reasoning.length;
  const isWhole = full.slice(0, end) === reasoning &&
    full.slice(end, end + CLOSE_TAG.length) === CLOSE_TAG &&
    full.slice(end + CLOSE_TAG.length) === content;
  // What is returned is made of the two, and the text that was read forgotten: 10,000 samples of
  // one call are in memory together.
  return isWhole
    ? { full: `${reasoning}${CLOSE_TAG}${content}`, content, reasoning }
    : null;
}

/** The texts of the Python package's entries; null where they are missing. */
export function pythonTexts(response: JsonObject): EntryTexts | null {
  const full = pythonFull(response);
  if (full === null) return null;
  // It writes an empty text where there is no reasoning.
  const reasoning = text(response.reasoning) || null;
  const content = text(response.content) ?? text(response.post) ??
    (reasoning === null ? full : "");
  return { full, content, reasoning };
}

const CLOSE_TAG = "</think>";

/** It writes null for an answer without text, such as a call of a tool. */
function pythonFull(response: JsonObject): string | null {
  const name = ["full", "full_text", "text"]
    .find((name) => Object.hasOwn(response, name));
  if (name === undefined) return null;
  const isEmpty = !response.content && !response.reasoning;
  return response[name] === null && isEmpty ? "" : text(response[name]);
}

/** A text, as the very string that another value is where they are equal: one of the two is in memory then. */
function sharedText(value: unknown, other: unknown): string | null {
  return text(value === other ? other : value);
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
