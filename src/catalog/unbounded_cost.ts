import {
  isJsonObject,
  type JsonObject,
  objectOrEmpty,
} from "../util/json_object.ts";

/** Parts of a message whose tokens the request bounds: text, and images that it contains. */
const BOUNDED_PARTS: readonly unknown[] = [
  "text",
  "input_text",
  "thinking",
  "reasoning",
  "refusal",
];

/** Service tiers at the listed prices, or below them. */
const BOUNDED_TIERS: readonly unknown[] = ["auto", "default", "flex"];

/** Plugins that cost nothing. */
const FREE_PLUGINS: readonly unknown[] = [
  "context-compression",
  "response-healing",
];

/**
 * Returns why the cost of a request has no bound that could be computed before it is sent, or `null`
 * if it has one.
 *
 * @param body The body of the request.
 */
export function findUnboundedCost(body: Readonly<JsonObject>): string | null {
  const models = requestedModels(body);
  for (const model of models) {
    if (model.endsWith(":online")) return `${model} searches the web`;
    if (model.includes("@preset/")) return `${model} is a preset`;
  }
  if (body.preset != null) return "the preset can change the request";
  for (const plugin of list(body.plugins)) {
    const { id, enabled } = objectOrEmpty(plugin);
    if (enabled !== false && !FREE_PLUGINS.includes(id)) {
      return `the plugin ${id} is charged separately`;
    }
  }
  for (const tool of list(body.tools)) {
    const type = isJsonObject(tool) ? tool.type : null;
    if (type !== "function" && type !== "custom") {
      return `the server runs the tool ${type}`;
    }
  }
  if (body.web_search_options != null) return "the request searches the web";
  const modality = list(body.modalities).find((each) => each !== "text");
  if (modality !== undefined) {
    return `output of ${modality} is priced differently`;
  }
  const { service_tier: tier } = body;
  if (tier != null && !BOUNDED_TIERS.includes(tier)) {
    return `the service tier ${tier} is priced differently`;
  }
  for (const part of messageParts(body)) {
    const reason = unboundedPart(part);
    if (reason !== null) return reason;
  }
  return null;
}

/** Returns the models that may answer a request. */
export function requestedModels(body: Readonly<JsonObject>): string[] {
  return [body.model, ...list(body.models)].map(String);
}

/** Returns the parts of all messages whose content is a list. */
export function messageParts(body: Readonly<JsonObject>): unknown[] {
  return list(body.messages).flatMap((message) =>
    list(objectOrEmpty(message).content)
  );
}

/** Whether a part of a message is an image that the request contains. */
export function isInlineImage(part: unknown): boolean {
  const { type, image_url: image } = objectOrEmpty(part);
  if (type !== "image_url") return false;
  const { url } = objectOrEmpty(image);
  return typeof url === "string" && url.startsWith("data:image/");
}

function unboundedPart(part: unknown): string | null {
  if (typeof part === "string" || isInlineImage(part)) return null;
  const { type, ...fields } = isJsonObject(part) ? part : { type: "unknown" };
  if (BOUNDED_PARTS.includes(type)) return null;
  const audio = objectOrEmpty(fields.input_audio);
  // Audio has fewer tokens than bytes.
  const isInlineAudio = typeof audio.data === "string" &&
    !/^https?:/.test(audio.data);
  if (type === "input_audio" && isInlineAudio) return null;
  return type === "image_url"
    ? "the size of an image by URL is unknown"
    : `the tokens of a part of type ${type} are unknown`;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
