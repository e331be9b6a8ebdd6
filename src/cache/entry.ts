import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../json_object.ts";
import type { Prompt, RequestBody } from "../openrouter/api_types.ts";
import { TRANSPORT_FIELDS } from "./cache_key.ts";
import { Response } from "../response.ts";

/** The request that an entry must belong to. */
export interface EntryRequest {
  /** The prompt as the caller gave it. */
  readonly prompt: Prompt;
  /** The whole body that is sent, without the seed. */
  readonly body: RequestBody;
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
 * body that was sent, the provider's whole answer, attempts and latency. Never a
 * key or a header.
 */
export function formatEntry(
  { prompt, body }: EntryRequest,
  response: Response,
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
    request: { ...body, seed: response.seed },
    raw: response.raw,
    attempts: response.attempts,
    latency_ms: response.latencyMs,
  };
  return JSON.stringify(entry, null, 2) + "\n";
}

/**
 * Reads a cache file and holds it against the request for `seed`. The Python package's
 * entries, and old ones with `full_text`, `text` or `post`, are read too.
 */
export function readEntry(
  text: string,
  request: EntryRequest,
  seed: number,
): EntryReading {
  const entry = parseJsonObject(text);
  if (entry === null) {
    return { type: "corrupt", reason: "it is not a JSON object" };
  }
  if (typeof entry.version === "number" && entry.version > ENTRY_VERSION) {
    return { type: "foreign", field: "version" };
  }
  const { response } = entry;
  if (!isJsonObject(response)) {
    return { type: "corrupt", reason: "it has no response" };
  }
  const field = differingField(entry, request, seed);
  if (field !== null) return { type: "foreign", field };
  if (response.finish_reason === "error") return { type: "failed" };
  const full = response.full ?? response.full_text ?? response.text;
  if (typeof full !== "string") {
    return { type: "corrupt", reason: "its response has no text" };
  }
  return { type: "response", response: cachedResponse(entry, full, seed) };
}

function differingField(
  entry: JsonObject,
  { prompt, body }: EntryRequest,
  seed: number,
): string | null {
  const expected: JsonObject = {
    prompt,
    model: body.model,
    seed,
    temperature: body.temperature,
    top_p: body.top_p,
    max_tokens: body.max_tokens,
    provider: body.provider ?? null,
  };
  for (const [field, value] of Object.entries(expected)) {
    // Fields that a program did not write say nothing; the path has their values.
    if (field in entry && !sameJson(entry[field], value)) return field;
  }
  if (!isJsonObject(entry.request)) return null;
  const written: JsonObject = entry.request;
  const sent: JsonObject = body;
  for (
    const field of new Set([...Object.keys(written), ...Object.keys(sent)])
  ) {
    if (field === "seed" || TRANSPORT_FIELDS.has(field)) continue;
    if (!sameJson(written[field], sent[field])) return `request.${field}`;
  }
  return null;
}

function cachedResponse(
  entry: JsonObject,
  full: string,
  seed: number,
): Response {
  const data = entry.response as JsonObject;
  const usage = isJsonObject(data.usage) ? data.usage : {};
  const raw = isJsonObject(entry.raw) ? entry.raw : null;
  const reasoning = text(data.reasoning) || null;
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
