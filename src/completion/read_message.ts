import type { ToolCall } from "../prompt.ts";
import {
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
  objectsIn,
  stringOrNull,
} from "../util/json_object.ts";

/** The parts of a message, from all spellings in which providers return them. */
export interface MessageParts {
  /** The text, or `null` if the message has none. */
  readonly content: string | null;
  /** The visible reasoning, or `null` if the message has none. */
  readonly reasoning: string | null;
  /** Whether the message contains encrypted reasoning. */
  readonly hasHiddenReasoning: boolean;
  /** Why the model or a filter refused to answer, or `null` if it did not. */
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly images: readonly JsonObject[];
  readonly audio: Readonly<JsonObject> | null;
  readonly annotations: readonly JsonObject[];
  /** The types of parts of the content that this package does not know. */
  readonly unknownTypes: readonly string[];
}

/** Reads the message of a choice, or the text of a raw completion. Fields of a wrong type are ignored. */
export function readMessage(choice: JsonObject): MessageParts {
  const message = objectOrEmpty(choice.message);
  const details = objectsIn(
    message.reasoning_details ?? choice.reasoning_details,
  );
  const content = readContent(message.content);
  const toolCalls = objectsIn(message.tool_calls) as unknown[] as ToolCall[];
  const images = [...objectsIn(message.images), ...content.images];
  const audio = isJsonObject(message.audio) ? message.audio : null;
  const text = content.text ?? stringOrNull(choice.text);
  const visible = firstFilled(
    message.reasoning,
    choice.reasoning,
    message.reasoning_content,
    choice.reasoning_content,
    content.reasoning,
  );
  const reasoning = visible || firstFilled(visible, detailsText(details));
  const refusal = firstFilled(message.refusal, content.refusal) || null;
  const isFiltered = choice.finish_reason === "content_filter" &&
    !text && !reasoning && toolCalls.length === 0;
  return {
    content: text,
    reasoning,
    hasHiddenReasoning: details.some(({ type }) =>
      type === "reasoning.encrypted"
    ),
    refusal: refusal ?? (isFiltered ? filterReason(choice) : null),
    toolCalls,
    images,
    audio,
    annotations: objectsIn(message.annotations),
    unknownTypes: content.unknownTypes,
  };
}

/** Whether the texts of a message can be read: a field of another type would look like a missing text. */
export function hasReadableTexts(message: JsonObject): boolean {
  const { content, reasoning } = message;
  return (typeof content === "string" || content == null ||
    (Array.isArray(content) && content.every(isPart))) &&
    (typeof reasoning === "string" || reasoning == null);
}

function isPart(part: unknown): boolean {
  if (!isJsonObject(part)) return typeof part === "string";
  return !TEXT_TYPES.includes(part.type) || typeof part.text === "string" ||
    part.text == null;
}

/** The types of parts whose text is content. */
const TEXT_TYPES: readonly unknown[] = [undefined, "text", "output_text"];

interface ContentParts {
  text: string | null;
  reasoning: string | null;
  refusal: string | null;
  readonly images: JsonObject[];
  readonly unknownTypes: string[];
}

function readContent(content: unknown): ContentParts {
  const parts: ContentParts = {
    text: stringOrNull(content),
    reasoning: null,
    refusal: null,
    images: [],
    unknownTypes: [],
  };
  if (!Array.isArray(content)) return parts;
  parts.text = "";
  for (const part of content) addPart(parts, part);
  return parts;
}

function addPart(parts: ContentParts, part: unknown): void {
  if (typeof part === "string") {
    parts.text += part;
    return;
  }
  if (!isJsonObject(part)) return;
  if (TEXT_TYPES.includes(part.type)) {
    parts.text += stringOrNull(part.text) ?? "";
    return;
  }
  switch (part.type) {
    case "thinking":
    case "reasoning":
      parts.reasoning = (parts.reasoning ?? "") + partText(part);
      return;
    case "refusal":
      parts.refusal = (parts.refusal ?? "") +
        (stringOrNull(part.refusal) ?? "");
      return;
    case "image_url":
    case "output_image":
      parts.images.push(part);
      return;
    default:
      parts.unknownTypes.push(String(part.type));
  }
}

/** Returns the text of a part of reasoning, which may be a list of parts itself. */
function partText(part: JsonObject): string {
  const value = part.thinking ?? part.reasoning ?? part.text ?? part.summary;
  if (!Array.isArray(value)) return stringOrNull(value) ?? "";
  return value.map((item) =>
    stringOrNull(isJsonObject(item) ? item.text : item) ?? ""
  ).join("");
}

function detailsText(details: readonly JsonObject[]): string | null {
  const texts = details.flatMap(({ type, text, summary }) =>
    type === "reasoning.encrypted"
      ? []
      : stringOrNull(text) ?? stringOrNull(summary) ?? []
  );
  return texts.length === 0 ? null : texts.join("");
}

/** Returns the first nonempty text, else an empty one if there is one, which means that a part is empty. */
function firstFilled(...values: readonly unknown[]): string | null {
  const texts = values.filter((value) => typeof value === "string");
  return texts.find((text) => text !== "") ?? texts[0] ?? null;
}

function filterReason({ native_finish_reason: native }: JsonObject): string {
  return typeof native === "string" && native !== "content_filter"
    ? `content_filter (${native})`
    : "content_filter";
}
