import type { Failure } from "../outcome.ts";
import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../util/json_object.ts";
import { apiFailure } from "./api_failure.ts";
import type { HttpAnswer } from "./http_answer.ts";

/** The answer's first choice, and the whole of it. */
export interface FoundChoice {
  /** The whole body. */
  readonly raw: Readonly<JsonObject>;
  /** `choices[0]`. */
  readonly choice: Readonly<JsonObject>;
}

/**
 * Decides whether what came back is an answer. OpenRouter commits status 200
 * before it knows the outcome, so a 200 may hold an error, in three shapes, and a
 * body may be cut short or hold nothing but keep-alive white space.
 */
export function findChoice(
  answer: HttpAnswer,
): FoundChoice | { readonly failure: Failure } {
  const { status, text } = answer;
  const body = parseJsonObject(text);
  if (status < 200 || status > 299) {
    return { failure: apiFailure(answer, body?.error) };
  }
  if (body === null) {
    const error = streamedError(text);
    return error === undefined
      ? noAnswer(notJson(text))
      : { failure: apiFailure(answer, error) };
  }
  if (hasManyBrackets(text) && !isShallow(body)) {
    return noAnswer("the answer is nested too deeply");
  }
  const choice = Array.isArray(body.choices) ? body.choices[0] : undefined;
  if (saysError(body.error)) {
    return { failure: apiFailure(answer, body.error) };
  }
  if (!isJsonObject(choice)) return noAnswer("the answer has no choices");
  if (saysError(choice.error)) {
    return { failure: apiFailure(answer, choice.error) };
  }
  if (choice.finish_reason === "error") {
    return noAnswer('the answer ends with finish_reason "error"');
  }
  if (!isJsonObject(choice.message) && typeof choice.text !== "string") {
    return noAnswer("the answer's choice has no message");
  }
  if (!hasTexts(choice.message)) {
    return noAnswer("the answer's content or reasoning is no text");
  }
  if (isEmpty(choice)) return noAnswer("the answer's message is empty");
  return { raw: body, choice };
}

/** Real answers are nested some ten levels deep. */
const MAX_DEPTH = 200;

/** Whether what should be text is text, a list of parts, or missing; anything else would count as empty. */
function hasTexts(message: unknown): boolean {
  if (!isJsonObject(message)) return true;
  const { content, reasoning } = message;
  return (typeof content === "string" || content == null ||
    (Array.isArray(content) && content.every(isTextPart))) &&
    (typeof reasoning === "string" || reasoning == null);
}

function isTextPart(part: unknown): boolean {
  return typeof part === "string" ||
    (isJsonObject(part) &&
      (typeof part.text === "string" || part.text == null));
}

/** Nothing was written and nobody said why. With a finish reason it is what the model gave. */
function isEmpty(choice: JsonObject): boolean {
  if (choice.finish_reason != null) return false;
  const { content, reasoning, tool_calls, refusal } =
    isJsonObject(choice.message)
      ? choice.message
      : { ...choice, content: choice.text };
  return !content && !reasoning && !tool_calls && !refusal;
}

/** An empty object beside an answer says nothing. */
function saysError(error: unknown): boolean {
  return typeof error === "object" && error !== null
    ? Object.keys(error).length > 0
    : Boolean(error);
}

/** The error in a stream of events, which some proxies send though none was asked for. */
function streamedError(text: string): unknown {
  for (const line of text.split("\n")) {
    if (!line.startsWith("data:")) continue;
    const event = parseJsonObject(line.slice("data:".length));
    const choice = Array.isArray(event?.choices) ? event.choices[0] : undefined;
    const errors = [event?.error, isJsonObject(choice) ? choice.error : null];
    const error = errors.find(saysError);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Whether a text may be nested deeply: few have so many brackets, and counting them is faster than a walk. */
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

/** Whether a value is nested no deeper than what passes between threads and onto the disk. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((item) =>
      typeof item === "object" && item !== null ? Object.values(item) : []
    );
    if (level.length === 0) return true;
  }
  return false;
}

function noAnswer(message: string): { readonly failure: Failure } {
  return { failure: { kind: "response", message } };
}

function notJson(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "the answer is empty";
  if (trimmed.startsWith("<")) return `the answer is HTML: ${excerpt(trimmed)}`;
  if (/^(data)?:/.test(trimmed)) {
    return `the answer is a stream, which was not asked for: ${
      excerpt(trimmed)
    }`;
  }
  return `the answer is not a JSON object, or cut short: ${excerpt(trimmed)}`;
}

function excerpt(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 40)}…${text.slice(-40)}`;
}
