import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../json_object.ts";

import { Response } from "../response.ts";
import {
  type CacheKeyInput,
  NAMED_FIELDS,
  TRANSPORT_FIELDS,
} from "./cache_key.ts";

/** A field in which an entry differs from a request. */
export interface Difference {
  /** Its name in the API. */
  readonly field: string;
  /** What the request has; undefined where it has none. */
  readonly requested: unknown;
  /** What the entry has; undefined where it has none. */
  readonly cached: unknown;
}

/** What a cache file turned out to be. */
export type EntryReading =
  | { readonly type: "response"; readonly response: Response }
  /** It belongs to another request, and is told in which field they differ. */
  | { readonly type: "foreign"; readonly field: string }
  /** An older program wrote an error into it. */
  | { readonly type: "failed" }
  | { readonly type: "corrupt"; readonly reason: string };

/** The format's version, in each entry. The Python package's entries have none. */
export const ENTRY_VERSION = 1;

/**
 * The text of a cache file: the Python package's fields, and beside them the whole
 * body that was sent, attempts, latency, and the provider's whole answer in `rawJson`. Never a
 * key or a header.
 */
export function formatEntry(
  { prompt, body, otherEndpoint }: CacheKeyInput,
  response: Response,
  rawJson: string,
): string {
  const entry = {
    seed: response.seed,
    prompt,
    temperature: body.temperature,
    top_p: body.top_p,
    max_tokens: body.max_tokens,
    model: body.model,
    provider: body.provider ?? null,
    response: response.toJSON(),
    version: ENTRY_VERSION,
    endpoint: otherEndpoint,
    request: { ...body, seed: response.seed },
    attempts: response.attempts,
    latency_ms: response.latencyMs,
  };
  const text = JSON.stringify(entry, null, 2);
  // As the provider wrote it: writing out once more what was read costs more than all the rest.
  return `${text.slice(0, -"\n}".length)},\n  "raw": ${rawJson}\n}\n`;
}

/**
 * Reads a cache file and holds it against the request for `seed`. The Python package's
 * entries, and old ones with `full_text`, `text` or `post`, are read too.
 */
export function readEntry(
  text: string,
  request: CacheKeyInput,
  seed: number,
): EntryReading {
  const entry = parseJsonObject(text);
  if (entry === null) {
    return { type: "corrupt", reason: "it is not a JSON object" };
  }
  const { response, version } = entry;
  if (!isJsonObject(response)) {
    return { type: "corrupt", reason: "it has no response" };
  }
  if (typeof version === "number" && version > ENTRY_VERSION) {
    return { type: "foreign", field: "version" };
  }
  const full = version === undefined
    ? pythonFull(response)
    : version === ENTRY_VERSION
    ? ourFull(response)
    : null;
  if (full === null) {
    return { type: "corrupt", reason: "its texts are missing or contradict" };
  }
  const [difference] = differences(entry, request, seed);
  if (difference !== undefined) {
    return { type: "foreign", field: difference.field };
  }
  if (typeof response.seed === "number" && response.seed !== seed) {
    return { type: "corrupt", reason: "its seeds contradict" };
  }
  if (response.finish_reason === "error") return { type: "failed" };
  return { type: "response", response: cachedResponse(entry, full, seed) };
}

/** The whole text of our entries, which says twice what reasoning and content are: both must agree. */
function ourFull({ full, reasoning, content }: JsonObject): string | null {
  if (typeof full !== "string" || typeof content !== "string") return null;
  if (reasoning === null) return full === content ? full : null;
  if (typeof reasoning !== "string") return null;
  const isWhole = full === `${reasoning}</think>${content}` ||
    (content === "" && full === reasoning);
  return isWhole ? full : null;
}

/** The same of the Python package's, which writes null for an answer without text, such as a call of a tool. */
function pythonFull(response: JsonObject): string | null {
  const name = ["full", "full_text", "text"]
    .find((name) => Object.hasOwn(response, name));
  if (name === undefined) return null;
  const isEmpty = !response.content && !response.reasoning;
  return response[name] === null && isEmpty ? "" : text(response[name]);
}

/**
 * Where the request that filled an entry differs from another. Fields that a program did not
 * write say nothing; for those the Python package has, the path has their values.
 */
export function differences(
  entry: JsonObject,
  { prompt, body, otherEndpoint }: CacheKeyInput,
  seed: number,
): Difference[] {
  const found: Difference[] = [];
  const compare = (field: string, cached: unknown, requested: unknown) => {
    if (!sameJson(cached, requested)) found.push({ field, cached, requested });
  };
  const head: JsonObject = {
    prompt,
    model: body.model,
    seed,
    temperature: body.temperature,
    top_p: body.top_p,
    max_tokens: body.max_tokens,
    provider: body.provider ?? null,
  };
  for (const [field, value] of Object.entries(head)) {
    if (Object.hasOwn(entry, field)) compare(field, entry[field], value);
  }
  compare("endpoint", entry.endpoint ?? null, otherEndpoint);
  const isWhole = isJsonObject(entry.request);
  const written: JsonObject = isWhole ? entry.request as JsonObject : {};
  const sent: JsonObject = isWhole ? { ...body, seed } : body;
  for (
    const field of new Set([...Object.keys(written), ...Object.keys(sent)])
  ) {
    if (TRANSPORT_FIELDS.has(field)) continue;
    if (found.some((difference) => difference.field === field)) continue;
    if (!isWhole && Object.hasOwn(head, field)) continue;
    if (!isWhole && NAMED_FIELDS.has(field)) continue;
    // Messages are made of the prompt: another prompt is one difference, not two.
    if (field === "messages" && found[0]?.field === "prompt") continue;
    compare(field, written[field], sent[field]);
  }
  return found;
}

function cachedResponse(
  entry: JsonObject,
  full: string,
  seed: number,
): Response {
  const data = entry.response as JsonObject;
  const usage = isJsonObject(data.usage) ? data.usage : {};
  const raw = isJsonObject(entry.raw) ? entry.raw : null;
  // The Python package writes an empty text where there is none.
  const isOurs = typeof entry.version === "number";
  const reasoning = isOurs
    ? text(data.reasoning)
    : text(data.reasoning) || null;
  const content = text(data.content) ?? text(data.post) ??
    (reasoning === null ? full : "");
  const parts = {
    full,
    content,
    reasoning,
    finishReason: text(data.finish_reason) || null,
    usage: {
      promptTokens: number(usage.prompt_tokens) ?? 0,
      completionTokens: number(usage.completion_tokens) ?? 0,
      totalTokens: number(usage.total_tokens) ?? 0,
      reasoningTokens: number(usage.reasoning_tokens),
      cost: number(usage.cost),
    },
    provider: text(data.provider),
    responseId: text(data.response_id) ?? "",
    model: text(data.model) ?? String(entry.model ?? ""),
    object: text(data.object) ?? "",
    created: number(data.created) ?? 0,
    seed,
    completedReasoning: typeof data.completed_reasoning === "boolean"
      ? data.completed_reasoning
      : reasoning === null || full.includes("</think>"),
    toolCalls: toolCalls(raw),
    logprobs: data.logprobs ?? null,
    latencyMs: number(entry.latency_ms),
    raw,
  };
  return new Response(parts, {
    cached: true,
    attempts: number(entry.attempts),
  });
}

function toolCalls(raw: JsonObject | null): Response["toolCalls"] {
  const choice = Array.isArray(raw?.choices) ? raw.choices[0] : null;
  const calls = choice?.message?.tool_calls;
  return Array.isArray(calls) ? calls : [];
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as JsonObject;
  const right = b as JsonObject;
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length &&
    names.every((name) => sameJson(left[name], right[name]));
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
