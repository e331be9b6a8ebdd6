import type { Failure } from "../outcome.ts";
import type { PreparedRequest } from "../prepared_request.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { apiFailure } from "./api_failure.ts";
import { firstChoice } from "./first_choice.ts";
import { hasError } from "./has_error.ts";
import type { HttpAnswer } from "./http_answer.ts";
import { parseBody } from "./parse_body.ts";
import { hasReadableTexts } from "./read_message.ts";

/** An answer and its first choice. */
export interface FoundChoice {
  readonly body: Readonly<JsonObject>;
  /** The whole body, as JSON. */
  readonly json: string;
  /** The choice with the index 0. */
  readonly choice: Readonly<JsonObject>;
}

/**
 * Finds the choice of an HTTP answer. OpenRouter sends status 200 before it knows the outcome, so a 200
 * may contain an error, in three forms, and a body may be cut short or contain only white space.
 *
 * @param sent The request, for messages.
 */
export function findChoice(
  answer: HttpAnswer,
  sent: Pick<PreparedRequest, "url" | "headers">,
): FoundChoice | { readonly failure: Failure } {
  const { status, text } = answer;
  const { url } = sent;
  const parsed = parseBody(text);
  const body = "body" in parsed ? parsed.body : null;
  if (status < 200 || status > 299) {
    return { failure: apiFailure(answer, body?.error, sent) };
  }
  if ("problem" in parsed) {
    const form = status === 204 ? "no content" : parsed.form;
    return unreadable(`${parsed.problem} (from ${url})`, form);
  }
  if (hasError(parsed.body.error)) {
    return { failure: apiFailure(answer, parsed.body.error, sent) };
  }
  const choice = firstChoice(parsed.body);
  if (choice === null) {
    return Array.isArray(parsed.body.choices)
      ? unreadable("the answer has no choices")
      : unreadable(
        `the answer has no choices: ${parsed.json.slice(0, 200)} (from ${url})`,
        "no choices",
      );
  }
  if (hasError(choice.error)) {
    return { failure: apiFailure(answer, choice.error, { ...sent, choice }) };
  }
  if (choice.finish_reason === "error") {
    return unreadable('the answer ends with finish_reason "error"');
  }
  const hasMessage = isJsonObject(choice.message) ||
    typeof choice.text === "string" ||
    choice.finish_reason === "content_filter";
  if (!hasMessage) {
    return unreadable("the answer's choice has no message", "no message");
  }
  if (isJsonObject(choice.message) && !hasReadableTexts(choice.message)) {
    return unreadable(
      "the answer's content or reasoning is not a string",
      "not a string",
    );
  }
  return { ...parsed, choice };
}

function unreadable(
  message: string,
  form: string | null = null,
): { readonly failure: Failure } {
  return { failure: { kind: "response", message, form } };
}
