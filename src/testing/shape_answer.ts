import { firstChoice } from "../completion/first_choice.ts";
import { type JsonObject, objectOrEmpty } from "../util/json_object.ts";
import type { AnswerShape } from "./answer_shapes.ts";
import shapes from "./answer_shapes.json" with { type: "json" };

/** The body of an answer, and how it is sent. */
export interface ShapedAnswer {
  readonly text: string;
  readonly status?: number;
  readonly contentType?: string;
}

/** Returns the answer of a chat in another form. */
export function shapeAnswer(
  body: JsonObject,
  shape: AnswerShape,
): ShapedAnswer {
  if (shape === "stream" || shape === "stream_error") {
    const text = streamOf(body, shape === "stream_error");
    return { text, contentType: "text/event-stream" };
  }
  const changes = filled(SHAPES[shape], body);
  const { answer = changed(body, changes), status, contentType } = changes;
  const text = typeof answer === "string" ? answer : jsonOf(answer);
  return { text, status, contentType };
}

/**
 * How a form differs from the usual answer. In texts, `@` and a name stand for a part of the usual answer.
 * `@none` removes a field, and `@NaN` is the number that JSON does not have.
 */
interface Changes {
  /** Fields of the body, of its `usage`, of its choice and of the choice's message. */
  readonly body?: JsonObject;
  readonly usage?: JsonObject;
  readonly choice?: JsonObject;
  readonly message?: JsonObject;
  /** The text or the JSON to send in place of the body. */
  readonly answer?: unknown;
  readonly status?: number;
  readonly contentType?: string;
}

const SHAPES: Readonly<
  Record<Exclude<AnswerShape, "stream" | "stream_error">, Changes>
> = shapes;

/** Replaces the names in texts by the parts of an answer. */
function filled(changes: Changes, body: JsonObject): Changes {
  const { content, reasoning } = textsOf(body);
  const parts: JsonObject = {
    body,
    choice: firstChoice(body),
    content,
    reasoning,
    start: reasoning.slice(0, 9),
    rest: reasoning.slice(9),
  };
  return JSON.parse(JSON.stringify(changes), (_, value) => {
    if (typeof value !== "string") return value;
    const whole = /^@(\w+)$/.exec(value)?.[1] ?? "";
    if (whole in parts) return parts[whole];
    return value.replace(/@(\w+)/g, (name, part) => {
      const text = parts[part] ?? name;
      return typeof text === "string" ? text : jsonOf(text);
    });
  });
}

function changed(
  body: JsonObject,
  { body: fields, usage, choice, message }: Changes,
): JsonObject {
  const own = firstChoice(body) ?? {};
  return {
    ...body,
    usage: { ...objectOrEmpty(body.usage), ...usage },
    choices: [{
      ...own,
      ...message && { message: { ...objectOrEmpty(own.message), ...message } },
      ...choice,
    }],
    ...fields,
  };
}

function jsonOf(value: unknown): string {
  return JSON.stringify(
    value,
    (_, member) => member === "@none" ? undefined : member,
  ).replace('"@NaN"', "NaN");
}

function streamOf(body: JsonObject, isError: boolean): string {
  const { content, reasoning } = textsOf(body);
  const { choices: _, usage, ...head } = body;
  const chunk = (delta: JsonObject, finish_reason: string | null = null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const error = { code: 400, message: "Token limit reached" };
  const events = isError
    ? [
      chunk({ reasoning: reasoning.slice(0, 5) }),
      chunk({ reasoning: reasoning.slice(5) }, "length"),
      { ...chunk({ content: "" }), error, usage },
    ]
    : [
      chunk({ role: "assistant", content: "", reasoning }),
      chunk({ content: content.slice(0, 5) }),
      chunk({ content: content.slice(5) }, "stop"),
      { ...head, choices: [], usage },
    ];
  const lines = [...events.map((event) => JSON.stringify(event)), "[DONE]"];
  return `: OPENROUTER PROCESSING\n\n${
    lines.map((line) => `data: ${line}\n\n`).join("")
  }`;
}

function textsOf(body: JsonObject): { content: string; reasoning: string } {
  const { content, reasoning } = objectOrEmpty(firstChoice(body)?.message);
  return { content: String(content ?? ""), reasoning: String(reasoning ?? "") };
}
