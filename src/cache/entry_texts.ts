import type { Response } from "../response.ts";
import { CLOSE_TAG } from "../think_tags.ts";
import { firstChoice } from "../completion/first_choice.ts";
import {
  isJsonObject,
  type JsonObject,
  stringOrNull,
} from "../util/json_object.ts";

/** The texts of a sample in a cache entry. */
export type EntryTexts = Pick<Response, "full" | "content" | "reasoning">;

/**
 * Returns the texts of an entry of this package, or `null` if its `full` text differs from its reasoning
 * and content.
 *
 * @param raw The provider's whole answer, whose equal texts are used instead.
 */
export function ourTexts(
  response: JsonObject,
  raw: unknown,
): EntryTexts | null {
  const message = messageOf(raw);
  const full = stringOrNull(response.full);
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
  // Same as full === `${reasoning}</think>${content}`, without building that text for each file. Slices
  // are ten times as fast as startsWith() for texts of this size.
  const end = reasoning.length;
  const isWhole = full.slice(0, end) === reasoning &&
    full.slice(end, end + CLOSE_TAG.length) === CLOSE_TAG &&
    full.slice(end + CLOSE_TAG.length) === content;
  // The result is built from the two, so that the parsed text can be freed: a call can have 10,000
  // samples in memory.
  return isWhole
    ? { full: `${reasoning}${CLOSE_TAG}${content}`, content, reasoning }
    : null;
}

/** Returns the texts of an entry of the Python package, or `null` if they are missing. */
export function pythonTexts(response: JsonObject): EntryTexts | null {
  const full = pythonFull(response);
  if (full === null) return null;
  // The Python package stores an empty string if there is no reasoning.
  const reasoning = stringOrNull(response.reasoning) || null;
  const content = stringOrNull(response.content) ??
    stringOrNull(response.post) ??
    (reasoning === null ? full : "");
  return { full, content, reasoning };
}

/** The Python package stores `null` for an answer without text, such as a tool call. */
function pythonFull(response: JsonObject): string | null {
  const name = ["full", "full_text", "text"]
    .find((name) => Object.hasOwn(response, name));
  if (name === undefined) return null;
  const isEmpty = !response.content && !response.reasoning;
  return response[name] === null && isEmpty ? "" : stringOrNull(response[name]);
}

/** Returns the second string if both are equal, so that the first can be freed; else the first. */
function sharedText(value: unknown, other: unknown): string | null {
  return stringOrNull(value === other ? other : value);
}

/** Returns the message in a provider's whole answer, or `null`. */
function messageOf(raw: unknown): JsonObject | null {
  const choice = isJsonObject(raw) ? firstChoice(raw) : null;
  return isJsonObject(choice?.message) ? choice.message : null;
}
