import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { parseLenientJson } from "../util/parse_lenient_json.ts";
import { assembleStream } from "./assemble_stream.ts";

export interface ParsedBody {
  readonly body: JsonObject;
  /** The body as valid JSON. */
  readonly json: string;
}

/**
 * Why a body cannot be read. The form is `null` if the body may only be cut short; the same body in
 * a known form is likely to recur.
 */
export interface UnreadableBody {
  readonly problem: string;
  readonly form: string | null;
}

/** Parses a body: a JSON object, possibly after comment lines, or a stream of events that is complete. */
export function parseBody(text: string): ParsedBody | UnreadableBody {
  const parsed = parseLenientJson(text) ??
    parseLenientJson(withoutComments(text));
  if (parsed !== null) {
    const { object, json } = parsed;
    return hasManyBrackets(text) && !isShallow(object)
      ? { problem: "the answer is nested too deeply", form: "deep" }
      : { body: object, json };
  }
  const stream = assembleStream(text);
  if (stream?.isComplete) {
    return { body: stream.body, json: JSON.stringify(stream.body) };
  }
  return unreadable(text.trim());
}

/** Removes the comments with which a stream keeps a connection alive. */
function withoutComments(text: string): string {
  return text.includes(":") ? text.replace(/^:.*$/gm, "") : text;
}

function unreadable(text: string): UnreadableBody {
  if (text === "") return { problem: "the answer is empty", form: null };
  const excerpt = text.slice(0, EXCERPT_CHARACTERS);
  if (text.startsWith("<")) {
    return { problem: `the answer is HTML: ${excerpt}`, form: "HTML" };
  }
  if (/^(?:(?:data|event|id)?:)/.test(text)) {
    return {
      problem: `the answer is an incomplete stream: ${excerpt}`,
      form: "stream",
    };
  }
  if (text.startsWith("{")) {
    return { problem: `the answer is cut short: ${excerpt}`, form: null };
  }
  return {
    problem: `the answer is not a JSON object: ${excerpt}`,
    form: "text",
  };
}

const EXCERPT_CHARACTERS = 200;

/** Real answers have about ten levels. */
const MAX_DEPTH = 200;

/** Whether JSON may be nested deeply. Counting brackets is faster than traversing the value. */
function hasManyBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of "{[") {
    let at = text.indexOf(bracket);
    for (; at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++count > MAX_DEPTH) return true;
    }
  }
  return false;
}

/** Whether a value can be posted to a thread and stored. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((item) =>
      Array.isArray(item) || isJsonObject(item) ? Object.values(item) : []
    );
    if (level.length === 0) return true;
  }
  return false;
}
