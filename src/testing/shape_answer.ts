import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import type { AnswerShape } from "./answer_shapes.ts";

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
  switch (shape) {
    case "stream":
    case "stream_error":
      return {
        text: streamOf(body, shape === "stream_error"),
        contentType: "text/event-stream",
      };
    case "nan_logprobs":
      return {
        text: JSON.stringify(
          withChoice(body, {
            logprobs: { content: [{ token: "NaN", logprob: "@NaN" }] },
          }),
        ).replace('"@NaN"', "NaN"),
      };
    case "comments":
      return { text: `: OPENROUTER PROCESSING\n\n${JSON.stringify(body)}` };
    case "login_page":
      return {
        text: "<!DOCTYPE html><html><title>Sign in</title></html>",
        contentType: "text/html",
      };
    case "no_content":
      return { text: "", status: 204 };
    case "list":
      return { text: JSON.stringify([body]) };
    case "nested_error":
      return {
        text: JSON.stringify({
          error: { error: { code: 503, message: "No capacity" } },
        }),
      };
    case "text_code_error":
      return {
        text: JSON.stringify({
          error: { code: "invalid_request_error", message: "Invalid request" },
        }),
      };
    default:
      return { text: JSON.stringify(shapeBody(body, shape)) };
  }
}

/** The shapes that change fields of the body. */
type BodyShape = Exclude<
  AnswerShape,
  | "stream"
  | "stream_error"
  | "nan_logprobs"
  | "comments"
  | "login_page"
  | "no_content"
  | "list"
  | "nested_error"
  | "text_code_error"
>;

const REFUSAL = "I cannot help with that.";

function shapeBody(body: JsonObject, shape: BodyShape): JsonObject {
  const { content, reasoning } = textsOf(body);
  const usage = isJsonObject(body.usage) ? body.usage : {};
  switch (shape) {
    case "reasoning_details":
      return withMessage(body, {
        reasoning: undefined,
        reasoning_details: [
          { type: "reasoning.text", text: reasoning.slice(0, 9), index: 0 },
          { type: "reasoning.summary", summary: reasoning.slice(9), index: 1 },
          { type: "reasoning.encrypted", data: "bW9jaw==", index: 2 },
        ],
      });
    case "reasoning_content":
      return withMessage(body, {
        ...NO_REASONING,
        reasoning_content: reasoning,
      });
    case "thinking_part":
      return withParts(body, {
        type: "thinking",
        thinking: [{ type: "text", text: reasoning }],
      });
    case "reasoning_part":
      return withParts(body, { type: "reasoning", text: reasoning });
    case "think_tags":
      return withMessage(body, {
        ...NO_REASONING,
        content: `<think>${reasoning}</think>${content}`,
      });
    case "lone_close_tag":
      return withMessage(body, {
        ...NO_REASONING,
        content: `${reasoning}</think>${content}`,
      });
    case "empty_reasoning":
      return withMessage(body, { ...NO_REASONING, reasoning: "" }, CUT);
    case "hidden_reasoning":
      return withMessage(body, {
        reasoning: null,
        reasoning_details: [{ type: "reasoning.encrypted", data: "bW9jaw==" }],
        content: "",
      }, CUT);
    case "unknown_part":
      return withParts(body, { type: "hologram", text: "T" });
    case "refusal":
      return withMessage(body, {
        ...NO_REASONING,
        content: null,
        refusal: REFUSAL,
      });
    case "refusal_part":
      return withMessage(body, {
        ...NO_REASONING,
        content: [{ type: "refusal", refusal: REFUSAL }],
      });
    case "content_filter":
      return withChoice({ ...body, usage: undefined }, {
        message: null,
        finish_reason: "content_filter",
        native_finish_reason: "PROHIBITED_CONTENT",
      });
    case "image":
      return withMessage(body, {
        images: [{
          type: "image_url",
          image_url: { url: "data:image/png;base64," },
        }],
      });
    case "citation":
      return withMessage(body, {
        annotations: [{
          type: "url_citation",
          url_citation: { url: "https://example.com" },
        }],
      });
    case "nothing":
      return withMessage(
        {
          ...body,
          id: "",
          usage: {
            ...usage,
            completion_tokens: 0,
            completion_tokens_details: null,
          },
        },
        { ...NO_REASONING, content: "" },
      );
    case "cut_tool_call":
      return withMessage(body, {
        ...NO_REASONING,
        content: null,
        tool_calls: [{
          id: "call_1",
          type: "function",
          function: { name: "add", arguments: '{"a":' },
        }],
      }, {
        finish_reason: "tool_calls",
        native_finish_reason: "max_output_tokens",
      });
    case "null_finish":
      return withChoice(body, {
        finish_reason: null,
        native_finish_reason: "MAX_TOKENS",
      });
    case "no_usage":
      return { ...body, usage: undefined };
    case "input_tokens":
      return { ...body, usage: { input_tokens: 7, output_tokens: 9 } };
    case "own_key":
      return { ...body, usage: { ...usage, cost: 0, is_byok: true } };
    case "float_created":
      return { ...body, created: 1_700_000_000.25 };
    case "compressed_prompt":
      return {
        ...body,
        openrouter_metadata: {
          attempt: 2,
          region: "iad",
          pipeline: [{ type: "context_compression", name: "middle-out" }],
        },
      };
    case "choices_by_index":
      return {
        ...body,
        choices: [
          { index: 1, finish_reason: "stop", message: { content: "other" } },
          ...listOf(body.choices),
        ],
      };
  }
}

const NO_REASONING = { reasoning: null, reasoning_details: undefined };
const CUT = { finish_reason: "length", native_finish_reason: "length" };

function withParts(body: JsonObject, part: JsonObject): JsonObject {
  const text = { type: "text", text: textsOf(body).content };
  return withMessage(body, { ...NO_REASONING, content: [part, text] });
}

function withMessage(
  body: JsonObject,
  fields: JsonObject,
  choice: JsonObject = {},
): JsonObject {
  const message = { ...messageOf(body), ...fields };
  return withChoice(body, { ...choice, message });
}

function withChoice(body: JsonObject, fields: JsonObject): JsonObject {
  return { ...body, choices: [{ ...choiceOf(body), ...fields }] };
}

/** Returns the body as a stream of chunks. */
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
  const { content, reasoning } = messageOf(body);
  return { content: String(content ?? ""), reasoning: String(reasoning ?? "") };
}

function messageOf(body: JsonObject): JsonObject {
  const { message } = choiceOf(body);
  return isJsonObject(message) ? message : {};
}

function choiceOf(body: JsonObject): JsonObject {
  return listOf(body.choices)[0] ?? {};
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
