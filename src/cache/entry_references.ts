import { MARKS } from "../compact_json.ts";
import type { Prompt } from "../prompt.ts";
import {
  isJsonObject,
  type JsonObject,
  objectsIn,
} from "../util/json_object.ts";

/** The fields of `response` that an answer may contain, too. */
const POINTERS = {
  content: "#/response/content",
  reasoning: "#/response/reasoning",
  full: "#/response/full",
  logprobs: "#/response/logprobs",
} as const;

type Field = keyof typeof POINTERS;

/** A reference to a field of `response`, as JSON. */
const reference = (field: Field) => `{"$ref":"${POINTERS[field]}"}`;

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
    const whole = { $ref: "#/prompt" };
    const shorter = content === prompt
      ? whole
      : { ...whole, slice: [start, start + content.length] };
    const isShorter = JSON.stringify(shorter).length < content.length;
    return start >= 0 && isShorter ? { ...message, content: shorter } : message;
  });
}

/**
 * Returns an answer with references for the texts and the log-probabilities that the entry's response has,
 * or `null` if it could not be restored. Works on the text, so that the rest of the answer stays as the
 * provider sent it.
 *
 * @param compactRaw JSON that {@linkcode compactJson} returned.
 * @param fields The fields of `response`, as JSON.
 */
export function referToResponse(
  compactRaw: string,
  fields: ReadonlyMap<string, string>,
): string | null {
  if (looksLikeReference(compactRaw)) return null;
  let references = 0;
  let raw = compactRaw;
  const replace = (text: string, replacement: string) => {
    raw = raw.replaceAll(text, () => {
      references++;
      return replacement;
    });
  };
  replace(MARKS.content, reference("content"));
  replace(MARKS.reasoning, reference("reasoning"));
  for (const [member, field] of OTHER_MEMBERS) {
    const value = fields.get(field);
    const shorter = reference(field);
    if (value !== undefined && value.length > shorter.length) {
      replace(`"${member}":${value}`, `"${member}":${shorter}`);
    }
  }
  return hasReferences(raw, references) ? raw : null;
}

/** Members of an answer that can equal other fields than its texts. */
const OTHER_MEMBERS = [["text", "full"], ["logprobs", "logprobs"]] as const;

/** Returns the JSON that `referToResponse` was called with, from the answer that it returned. */
export function compactAnswer(raw: string): string {
  return raw.replaceAll(reference("content"), MARKS.content)
    .replaceAll(reference("reasoning"), MARKS.reasoning);
}

/**
 * Whether an answer has a number of references, all in places where they are resolved. A text that was not
 * a whole member left invalid JSON, or a reference in another place.
 */
function hasReferences(raw: string, count: number): boolean {
  if (count === 0) return true;
  try {
    let found = 0;
    visitReferences(JSON.parse(raw), () => found++);
    return found === count;
  } catch {
    return false;
  }
}

/**
 * Replaces the references in an entry by their values. Returns whether all of them have one.
 */
export function resolveReferences(entry: JsonObject): boolean {
  const { request, asked } = entry;
  return resolveMessages(request, entry) && resolveMessages(asked, entry) &&
    resolveAnswer(entry);
}

/** Replaces the references in the answer of an entry: see {@linkcode resolveReferences}. */
export function resolveAnswer(entry: JsonObject): boolean {
  let areResolved = true;
  visitReferences(entry.raw, (parent, name, reference) => {
    const target = targetOf(reference, entry);
    if (target === undefined) areResolved = false;
    else parent[name] = target;
  });
  return areResolved;
}

function resolveMessages(body: unknown, entry: JsonObject): boolean {
  if (!isJsonObject(body)) return true;
  if (isReference(body.messages)) {
    body.messages = targetOf(body.messages, entry);
    return body.messages !== undefined;
  }
  return objectsIn(body.messages).every((message) => {
    if (!isReference(message.content)) return true;
    message.content = targetOf(message.content, entry);
    return message.content !== undefined;
  });
}

type ReferenceVisitor = (
  parent: JsonObject,
  name: string,
  reference: JsonObject,
) => void;

/** Visits all places of an answer in which a reference may be. */
function visitReferences(answer: unknown, visit: ReferenceVisitor): void {
  if (!isJsonObject(answer)) return;
  for (const choice of objectsIn(answer.choices)) {
    visitMembers(choice, visit);
    const { message } = choice;
    if (!isJsonObject(message)) continue;
    visitMembers(message, visit);
    for (const detail of objectsIn(message.reasoning_details)) {
      visitMembers(detail, visit);
    }
  }
}

function visitMembers(parent: JsonObject, visit: ReferenceVisitor): void {
  for (const name of REFERRING_MEMBERS) {
    const value = parent[name];
    if (isReference(value)) visit(parent, name, value);
  }
}

/** The members of an answer that repeat a field of `response`. */
const REFERRING_MEMBERS = [
  "content",
  "reasoning",
  "reasoning_content",
  "text",
  "logprobs",
] as const;

function isReference(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && "$ref" in value;
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
  const field = FIELDS.get($ref);
  return field !== undefined && isJsonObject(response)
    ? response[field]
    : undefined;
}

const FIELDS = new Map<unknown, string>(
  Object.entries(POINTERS).map(([field, pointer]) => [pointer, field]),
);

/** Whether JSON may have a member `$ref`, also if its name is written with escapes. */
function looksLikeReference(json: string): boolean {
  return json.includes("$ref") ||
    (json.includes("\\u00") && ESCAPED_REFERENCE.test(json));
}

const ESCAPED_REFERENCE = /(\$|\\u0024)(r|\\u0072)(e|\\u0065)(f|\\u0066)/i;
