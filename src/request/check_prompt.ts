import { isJsonObject } from "../util/json_object.ts";
import { jsonProblem } from "../util/json_problem.ts";

const ROLES = ["system", "developer", "user", "assistant", "tool"];

/**
 * Checks that a value is a prompt.
 *
 * @throws {TypeError} If it is neither text nor a list of messages. The message names the place.
 */
export function checkPrompt(prompt: unknown): void {
  if (typeof prompt === "string") {
    if (prompt === "") throw new TypeError("prompt must not be empty");
    if (prompt.isWellFormed()) return;
    throw new TypeError("prompt must be well-formed Unicode text");
  }
  if (!Array.isArray(prompt) || prompt.length === 0) {
    throw new TypeError(
      `prompt must be a string or a list of at least one message, got ${
        Array.isArray(prompt) ? "an empty list" : typeof prompt
      }`,
    );
  }
  prompt.forEach((message, index) => checkMessage(message, `prompt[${index}]`));
}

function checkMessage(message: unknown, place: string): void {
  if (!isJsonObject(message) || typeof message.role !== "string") {
    throw new TypeError(
      `${place} must be a message with a role, such as { role: "user", content: "…" }`,
    );
  }
  const problem = jsonProblem(message);
  if (problem !== null) {
    throw new TypeError(
      `${place} must be serializable as JSON: it contains ${problem}`,
    );
  }
  const { role, content } = message;
  if (!ROLES.includes(role)) {
    throw new TypeError(
      `${place}.role must be one of ${ROLES.join(", ")}, got ${
        JSON.stringify(role)
      }`,
    );
  }
  if (Array.isArray(content)) {
    content.forEach((part, index) =>
      checkPart(part, `${place}.content[${index}]`)
    );
  } else if (content != null && typeof content !== "string") {
    throw new TypeError(
      `${place}.content must be a string or a list of parts, got ${
        shown(content)
      }`,
    );
  }
}

function checkPart(part: unknown, place: string): void {
  if (isJsonObject(part) && typeof part.type === "string") return;
  throw new TypeError(
    `${place} must be a part with a type, such as { type: "text", text: "…" }, got ${
      shown(part)
    }`,
  );
}

function shown(value: unknown): string {
  return jsonProblem(value) ?? JSON.stringify(value)?.slice(0, 60) ??
    typeof value;
}
