import {
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
  parseJsonObject,
} from "../util/json_object.ts";
import { firstChoice } from "./first_choice.ts";
import { hasError } from "./has_error.ts";

/** A stream of events as one answer. */
export interface AssembledStream {
  /** The answer, or its error. */
  readonly body: JsonObject;
  readonly isComplete: boolean;
}

/**
 * Assembles a stream of server-sent events, which some proxies send unasked. Returns `null` if the text
 * has no events.
 */
export function assembleStream(text: string): AssembledStream | null {
  const body: JsonObject = {};
  const choice: JsonObject = { index: 0 };
  const message: JsonObject = { role: "assistant" };
  let hasEvents = false;
  let isDone = false;
  for (const line of text.split("\n")) {
    if (!line.startsWith("data:")) continue;
    const data = line.slice("data:".length).trim();
    if (data === "[DONE]") isDone = true;
    const event = parseJsonObject(data);
    if (event === null) continue;
    hasEvents = true;
    const { choices: _, error, ...fields } = event;
    Object.assign(body, fields);
    const part = firstChoice(event);
    const failure = [error, part?.error].find(hasError);
    if (failure !== undefined) {
      // A text that reached its limit is an answer, whatever follows.
      if (choice.finish_reason === "length") continue;
      return { body: { ...body, error: failure }, isComplete: true };
    }
    if (part !== null) addChoice(choice, message, part);
  }
  if (!hasEvents) return null;
  const isText = typeof choice.text === "string";
  return {
    body: {
      ...body,
      object: isText ? "text_completion" : "chat.completion",
      choices: [isText ? choice : { ...choice, message }],
    },
    isComplete: isDone || choice.finish_reason != null,
  };
}

function addChoice(
  choice: JsonObject,
  message: JsonObject,
  { delta, message: whole, logprobs, ...fields }: JsonObject,
): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name === "text") choice.text = append(choice.text, value);
    else if (value != null || !(name in choice)) choice[name] = value;
  }
  if (isJsonObject(logprobs)) {
    choice.logprobs = merged(choice.logprobs, logprobs);
  }
  if (isJsonObject(whole)) Object.assign(message, whole);
  if (!isJsonObject(delta)) return;
  for (const [name, value] of Object.entries(delta)) {
    if (name === "role") message.role = value;
    else if (name === "tool_calls" || name === "reasoning_details") {
      message[name] = addItems(message[name], value);
    } else message[name] = append(message[name], value);
  }
}

/** Concatenates strings and lists. Other values replace the existing one, unless they are null. */
function append(before: unknown, value: unknown): unknown {
  if (typeof before === "string" && typeof value === "string") {
    return before + value;
  }
  if (Array.isArray(before) && Array.isArray(value)) {
    return [...before, ...value];
  }
  return value ?? before;
}

function merged(before: unknown, value: JsonObject): JsonObject {
  const known = objectOrEmpty(before);
  return Object.fromEntries(
    [...new Set([...Object.keys(known), ...Object.keys(value)])]
      .map((name) => [name, append(known[name], value[name])]),
  );
}

/** Fields of tool calls and reasoning details that come in pieces. */
const PIECES = ["arguments", "text", "summary", "data"];

/** Adds the pieces of a list's items to the items with the same index and type. */
function addItems(before: unknown, value: unknown): unknown {
  if (!Array.isArray(value)) return before;
  const items: unknown[] = Array.isArray(before) ? [...before] : [];
  for (const piece of value) {
    if (!isJsonObject(piece)) continue;
    const at = piece.index === undefined
      ? -1
      : items.findIndex((item) =>
        isJsonObject(item) && item.index === piece.index &&
        (item.type ?? piece.type) === (piece.type ?? item.type)
      );
    if (at < 0) items.push(piece);
    else items[at] = addPiece(items[at] as JsonObject, piece);
  }
  return items;
}

function addPiece(item: JsonObject, piece: JsonObject): JsonObject {
  const added = { ...item };
  for (const [name, value] of Object.entries(piece)) {
    const before = item[name];
    added[name] = isJsonObject(before) && isJsonObject(value)
      ? addPiece(before, value)
      : PIECES.includes(name)
      ? append(before, value)
      : value ?? before;
  }
  return added;
}
