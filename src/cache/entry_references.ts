import type { Prompt } from "../prompt.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";

/** A reference, as it is stored: a JSON Pointer to the value that stands there. */
interface Reference {
  readonly $ref: Pointer;
  /** The part of a text, in UTF-16 code units. */
  readonly slice?: readonly [start: number, end: number];
}

type Pointer = "#/prompt" | `#/response/${keyof typeof RESPONSE_POINTERS}`;

/** The fields of `response` that an answer may contain, too. */
const RESPONSE_POINTERS = {
  content: "#/response/content",
  reasoning: "#/response/reasoning",
  full: "#/response/full",
  logprobs: "#/response/logprobs",
} as const;

/**
 * Returns the messages of a request with references for what the entry's prompt contains, or `null` if
 * they contain something that looks like a reference.
 */
export function referToPrompt(messages: unknown, prompt: Prompt): unknown {
  const json = JSON.stringify(messages);
  if (json === JSON.stringify(prompt)) return { $ref: "#/prompt" };
  if (looksLikeReference(json)) return null;
  if (!Array.isArray(messages) || typeof prompt !== "string") return messages;
  return messages.map((message: unknown) => {
    if (!isJsonObject(message) || typeof message.content !== "string") {
      return message;
    }
    const { content } = message;
    const start = prompt.indexOf(content);
    const reference: Reference = content === prompt
      ? { $ref: "#/prompt" }
      : { $ref: "#/prompt", slice: [start, start + content.length] };
    const isShorter = JSON.stringify(reference).length < content.length;
    return start >= 0 && isShorter
      ? { ...message, content: reference }
      : message;
  });
}

/**
 * Replaces members of an answer that equal a field of the response by references. Returns `null` if the
 * answer contains something that looks like a reference. Works on the text, so that the rest of the
 * answer stays as the provider sent it.
 *
 * @param json Valid JSON.
 * @param fields The fields of `response`, as JSON.
 */
export function referToResponse(
  json: string,
  fields: ReadonlyMap<string, string>,
): string | null {
  if (looksLikeReference(json)) return null;
  let shorter = json;
  for (const [field, pointer] of Object.entries(RESPONSE_POINTERS)) {
    const value = fields.get(field);
    const reference = `{"$ref":"${pointer}"}`;
    if (value !== undefined && value.length > reference.length) {
      shorter = replaceMembers(shorter, value, reference);
    }
  }
  return shorter;
}

/**
 * Replaces the references in an entry by their values. Returns whether all of them have one.
 */
export function resolveReferences(entry: JsonObject): boolean {
  const { request, asked } = entry;
  return (!isJsonObject(request) || resolveIn(request, "messages", entry)) &&
    (!isJsonObject(asked) || resolveIn(asked, "messages", entry)) &&
    resolveIn(entry, "raw", entry);
}

/** Resolves a member and everything in it. Iterates, because a file may have endless nesting. */
function resolveIn(
  parent: JsonObject,
  name: string,
  entry: JsonObject,
): boolean {
  const first = parent[name];
  if (!isObjectOrList(first)) return true;
  const pending: [parent: JsonObject, name: string, value: JsonObject][] = [
    [parent, name, first],
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [parent, name, value] = next;
    if ("$ref" in value) {
      const target = targetOf(value, entry);
      if (target === undefined) return false;
      parent[name] = target;
      continue;
    }
    for (const name in value) {
      const member = value[name];
      if (isObjectOrList(member)) pending.push([value, name, member]);
    }
  }
  return true;
}

function isObjectOrList(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

function targetOf(
  { $ref, slice }: JsonObject,
  { prompt, response }: JsonObject,
): unknown {
  if ($ref === "#/prompt") {
    if (slice === undefined) return prompt;
    const isSlice = typeof prompt === "string" && Array.isArray(slice);
    return isSlice ? prompt.slice(slice[0], slice[1]) : undefined;
  }
  if (!isJsonObject(response)) return undefined;
  switch ($ref) {
    case RESPONSE_POINTERS.content:
      return response.content;
    case RESPONSE_POINTERS.reasoning:
      return response.reasoning;
    case RESPONSE_POINTERS.full:
      return response.full;
    case RESPONSE_POINTERS.logprobs:
      return response.logprobs;
    default:
      return undefined;
  }
}

/** Whether JSON may have a member `$ref`, also if its name is written with escapes. */
function looksLikeReference(json: string): boolean {
  return json.includes("$ref") ||
    (json.includes("\\u00") && ESCAPED_REFERENCE.test(json));
}

const ESCAPED_REFERENCE = /(\$|\\u0024)(r|\\u0072)(e|\\u0065)(f|\\u0066)/i;

/** Replaces each member of an object in `json` that has exactly this value. */
function replaceMembers(json: string, value: string, other: string): string {
  // Finding a long text takes three times as long as finding its start and comparing slices.
  const start = value.slice(0, START_LENGTH);
  let replaced = "";
  let end = 0;
  for (
    let at = json.indexOf(start);
    at >= 0;
    at = json.indexOf(start, Math.max(at + 1, end))
  ) {
    const isValue = json.slice(at, at + value.length) === value &&
      isMemberValue(json, at);
    if (!isValue) continue;
    replaced += json.slice(end, at) + other;
    end = at + value.length;
  }
  return replaced + json.slice(end);
}

const START_LENGTH = 40;

/**
 * Whether the value of a member starts at a position, and not the inside of a text. A quote after a
 * letter ends a name: before a text, there is punctuation, and before a quote in a text a backslash.
 */
function isMemberValue(json: string, at: number): boolean {
  let colon = at - 1;
  while (json[colon] === " ") colon--;
  return json[colon] === ":" && json[colon - 1] === '"' &&
    /[a-z]/.test(json[colon - 2] ?? "");
}
