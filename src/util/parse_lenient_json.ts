import { isJsonObject, type JsonObject } from "./json_object.ts";

/** An object, and the JSON that describes it. */
export interface LenientJson {
  readonly object: JsonObject;
  /** Valid JSON, without white space around it. */
  readonly json: string;
}

/**
 * Parses a JSON object that may contain what Python writes: a byte order mark before it, and `NaN` or
 * `Infinity`, which become `null`. Returns `null` if the text is not such an object.
 */
export function parseLenientJson(text: string): LenientJson | null {
  // A byte order mark counts as white space.
  const trimmed = text.trim();
  const json = trimmed.startsWith("{") ? validJson(trimmed) : null;
  return json !== null && isJsonObject(json.value)
    ? { object: json.value, json: json.text }
    : null;
}

function validJson(text: string): { text: string; value: unknown } | null {
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    if (!/NaN|Infinity/.test(text)) return null;
  }
  const replaced = text.replace(
    TOKENS,
    (token) => token.startsWith('"') ? token : "null",
  );
  try {
    return { text: replaced, value: JSON.parse(replaced) };
  } catch {
    return null;
  }
}

/** Strings, in which the literals are text, and the literals. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
