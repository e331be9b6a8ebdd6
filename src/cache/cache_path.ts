import type { CacheKeyInput } from "../request/cache_key_input.ts";
import type { JsonObject } from "../util/json_object.ts";
import type { Message, Prompt } from "../prompt.ts";
import { OPTIONS } from "../options/all_options.ts";
import { pythonFloat, pythonJson } from "../util/python_json.ts";
import { sha256Hex } from "../util/sha256_hex.ts";

/** The path segments of a prompt directory in the cache directory: model, parameters, prefix, hash. */
export type CacheDirectory = readonly [string, string, string, string];

/**
 * Returns the directory of a prompt's samples below the cache directory, as
 * `[MODEL, PARAMS, HASH[0:3], HASH]`. The Python package `rollouts` computes the same path for
 * the fields that it has. All other fields are hashed into `_x…`, so that a new field changes
 * the path by default.
 */
export function cacheDirectory(input: CacheKeyInput): CacheDirectory {
  const { prompt } = input;
  const hash = sha256Hex(
    typeof prompt === "string" ? prompt : pythonJson(prompt.map(inUsualOrder)),
  );
  return [
    modelSegment(input.body.model),
    parameterSegment(input),
    hash.slice(0, 3),
    hash,
  ];
}

/**
 * Returns a name for the samples of a request whose file name is taken by another request. Two models
 * can share a directory, since the Python package drops the `:` of a name.
 */
export function requestDigest(input: CacheKeyInput): string {
  const { prompt, body, otherEndpoint, route } = input;
  const sent = Object.entries(body)
    .filter(([field]) => !TRANSPORT_FIELDS.has(field));
  const request = {
    prompt,
    body: Object.fromEntries(sent),
    otherEndpoint,
    ...(route === null ? {} : { route }),
  };
  return sha256Hex(pythonJson(request, { sortKeys: true })).slice(0, 16);
}

/** The options in the readable part of the path, in its order. */
const PATH_OPTIONS = [...OPTIONS.values()]
  .filter(({ path }) => path !== undefined);

/** The fields of the body in the readable part of the path. */
export const NAMED_FIELDS: ReadonlySet<string> = new Set([
  "model",
  "messages",
  ...PATH_OPTIONS.map(({ bodyField }) => bodyField!),
]);

/** Fields that label a request and do not change the answer. */
export const TRANSPORT_FIELDS: ReadonlySet<string> = new Set([
  "user",
  "session_id",
  "metadata",
  "prompt_cache_key",
]);

const MAX_SEGMENT_BYTES = 200;

function modelSegment(model: string): string {
  const name = model.replaceAll("/", "-").replaceAll(":", "")
    .replaceAll("@", "-at-");
  if (isSafeSegment(name)) return name;
  const readable = name.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 64)
    .replace(/^\.+|\.+$/g, "_");
  return `${readable}~${sha256Hex(model).slice(0, 16)}`;
}

function isSafeSegment(name: string): boolean {
  return new TextEncoder().encode(name).length <= MAX_SEGMENT_BYTES &&
    /^(?!\.)[^\p{C}\p{Z}\\/<>"|?*~]+(?<!\.)$/u.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);
}

function parameterSegment(
  { prompt, body, otherEndpoint, route }: CacheKeyInput,
): string {
  let segment = "";
  for (const { bodyField, path, unsent, type } of PATH_OPTIONS) {
    const value = body[bodyField!];
    if (value == null && type.expected(null) === null) {
      // As Python prints it.
      segment += `${path}None`;
      continue;
    }
    if (value === undefined || value === unsent) continue;
    segment += path + pathText(bodyField!, value);
  }
  const others = Object.entries(body).filter(([field]) =>
    !NAMED_FIELDS.has(field) && !TRANSPORT_FIELDS.has(field)
  );
  // No field of the API has a space in its name.
  if (otherEndpoint !== null) others.push(["sent to", otherEndpoint]);
  if (route !== null) others.push(["sent as", route]);
  if (looksLikeMessages(prompt)) others.push(["prompt is", "text"]);
  if (others.length > 0) {
    const rest = pythonJson(Object.fromEntries(others), { sortKeys: true });
    segment += `_x${sha256Hex(rest).slice(0, 16)}`;
  }
  return segment;
}

/** The usual order of the fields of a message and of its parts. */
const USUAL_ORDER = ["role", "type", "content", "text", "name"];

/** Orders the fields of a message, so that equal messages share a directory. */
function inUsualOrder(message: Message): JsonObject {
  const { content } = message;
  return usualFirst({
    ...message,
    ...(Array.isArray(content) ? { content: content.map(usualFirst) } : {}),
  });
}

function usualFirst(value: JsonObject): JsonObject {
  const usual = USUAL_ORDER.filter((field) => Object.hasOwn(value, field))
    .map((field) => [field, value[field]]);
  return { ...Object.fromEntries(usual), ...value };
}

/** Whether a text prompt has the hash of a list of messages. */
function looksLikeMessages(prompt: Prompt): boolean {
  if (typeof prompt !== "string" || !prompt.startsWith("[")) return false;
  try {
    return Array.isArray(JSON.parse(prompt));
  } catch {
    return false;
  }
}

function pathText(field: string, value: unknown): string {
  if (typeof value !== "number") {
    return sha256Hex(pythonJson(value, { sortKeys: true })).slice(0, 8);
  }
  // Python has floats and integers.
  return INTEGER_FIELDS.has(field) ? `${value}` : pythonFloat(value);
}

const INTEGER_FIELDS: ReadonlySet<string> = new Set(["max_tokens", "top_k"]);
