import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../util/json_object.ts";

import { Response } from "../response.ts";
import {
  type CacheKeyInput,
  NAMED_FIELDS,
  TRANSPORT_FIELDS,
} from "../request/cache_key.ts";
import { type EntryTexts, ourTexts, pythonTexts } from "./entry_texts.ts";
import type { Prompt } from "../prompt.ts";
import { isPrefilled } from "../request/is_prefilled.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";

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
 * Writes the cache files of one prompt: the Python package's fields, and beside them the whole
 * body that was sent, attempts, latency, and the provider's whole answer. Never a
 * key or a header. What is the same in each is made into JSON once.
 */
export class EntryWriter {
  readonly #head: string;
  readonly #tail: string;

  /** Prepares for a prompt, which is sent with a body. */
  constructor(
    { prompt, body, otherEndpoint, route }: CacheKeyInput,
    sent: JsonObject,
  ) {
    this.#head = members({
      prompt,
      temperature: body.temperature,
      top_p: body.top_p,
      max_tokens: body.max_tokens,
      model: body.model,
      provider: body.provider ?? null,
    });
    this.#tail = members({
      version: ENTRY_VERSION,
      endpoint: otherEndpoint,
      // Where what is sent is not what was asked for, both are told.
      ...(route === null ? {} : { route, asked: body }),
      request: sent,
    }).slice(0, -"\n  }".length);
  }

  /** The text of a sample's file; `rawJson` is the provider's whole answer, as it wrote it. */
  write(response: Response, rawJson: string): string {
    const { seed, attempts, latencyMs } = response;
    const { prefill, quantization, systemFingerprint } = response;
    const parts = [
      members({ seed }),
      this.#head,
      members({ response: response.toJSON() }),
      `${this.#tail},\n    "seed": ${seed}\n  }`,
      members({
        attempts,
        latency_ms: latencyMs,
        prefill,
        quantization,
        system_fingerprint: systemFingerprint,
      }),
      `  "raw": ${rawJson}`,
    ];
    return `{\n${parts.join(",\n")}\n}\n`;
  }
}

/** The members of an object as JSON, indented, without the braces around them. */
function members(object: JsonObject): string {
  return JSON.stringify(object, null, 2).slice("{\n".length, -"\n}".length);
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
  return entry === null
    ? { type: "corrupt", reason: "it is not a JSON object" }
    : readParsedEntry(entry, request, seed);
}

/** What {@linkcode readEntry} does, once the text is parsed. */
export function readParsedEntry(
  entry: JsonObject,
  request: CacheKeyInput,
  seed: number,
): EntryReading {
  const { response, version } = entry;
  if (!isJsonObject(response)) {
    return { type: "corrupt", reason: "it has no response" };
  }
  if (typeof version === "number" && version > ENTRY_VERSION) {
    return { type: "foreign", field: "version" };
  }
  const texts = version === undefined
    ? pythonTexts(response)
    : version === ENTRY_VERSION
    ? ourTexts(response, messageOf(entry.raw))
    : null;
  if (texts === null) {
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
  return { type: "response", response: cachedResponse(entry, texts, seed) };
}

/** What an entry says of its request beside the body, for programs that know no body. */
const HEAD: readonly (readonly [
  field: string,
  requested: (request: CacheKeyInput) => unknown,
])[] = [
  ["prompt", ({ prompt }) => prompt],
  ["model", ({ body }) => body.model],
  ["temperature", ({ body }) => body.temperature],
  ["top_p", ({ body }) => body.top_p],
  ["max_tokens", ({ body }) => body.max_tokens],
  ["provider", ({ body }) => body.provider ?? null],
];

const HEAD_FIELDS: ReadonlySet<string> = new Set(HEAD.map(([field]) => field));

/**
 * Where the request that filled an entry differs from another. Fields that a program did not
 * write say nothing; for those the Python package has, the path has their values.
 */
export function differences(
  entry: JsonObject,
  request: CacheKeyInput,
  seed: number,
): Difference[] {
  const found: Difference[] = [];
  const compare = (field: string, cached: unknown, requested: unknown) => {
    if (sameJson(cached, requested)) return;
    // What the head and the body both say is one difference, not two.
    if (found.some((difference) => difference.field === field)) return;
    found.push({ field, cached, requested });
  };
  for (const [field, requested] of HEAD) {
    if (Object.hasOwn(entry, field)) {
      compare(field, entry[field], requested(request));
    }
  }
  if (Object.hasOwn(entry, "seed")) compare("seed", entry.seed, seed);
  compare("endpoint", entry.endpoint ?? null, request.otherEndpoint);
  compare("route", entry.route ?? null, request.route);
  const sent: JsonObject = request.body;
  if (isJsonObject(entry.request)) compare("seed", entry.request.seed, seed);
  const written = askedBody(entry);
  if (written !== null) {
    for (const field in written) {
      if (!isKnown(field)) compare(field, written[field], sent[field]);
    }
    for (const field in sent) {
      if (!isKnown(field) && !Object.hasOwn(written, field)) {
        compare(field, undefined, sent[field]);
      }
    }
  } else {
    for (const field in sent) {
      const says = HEAD_FIELDS.has(field) || NAMED_FIELDS.has(field);
      if (!says && !isKnown(field)) compare(field, undefined, sent[field]);
    }
  }
  // Messages are made of the prompt: another prompt is one difference, not two.
  return found[0]?.field === "prompt"
    ? found.filter(({ field }) => field !== "messages")
    : found;
}

/** What was asked for, as the body of a chat; null in entries that do not say it. */
export function askedBody({ asked, request }: JsonObject): JsonObject | null {
  if (isJsonObject(asked)) return asked;
  return isJsonObject(request) ? request : null;
}

/** Whether a field of the body has been compared, or decides nothing. */
function isKnown(field: string): boolean {
  return field === "seed" || TRANSPORT_FIELDS.has(field);
}

function cachedResponse(
  entry: JsonObject,
  texts: EntryTexts,
  seed: number,
): Response {
  const data = entry.response as JsonObject;
  const usage = isJsonObject(data.usage) ? data.usage : {};
  const raw = isJsonObject(entry.raw) ? entry.raw : null;
  const toolCalls = messageOf(raw)?.tool_calls;
  const parts = {
    ...texts,
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
      : texts.reasoning === null || texts.full.includes("</think>"),
    prefill: prefillOf(entry),
    systemFingerprint: text(entry.system_fingerprint) ??
      text(raw?.system_fingerprint),
    toolCalls: Array.isArray(toolCalls) ? toolCalls : [],
    logprobs: data.logprobs ?? null,
    latencyMs: number(entry.latency_ms),
    raw,
  };
  return new Response(parts, {
    cached: true,
    attempts: number(entry.attempts),
    quantization: text(entry.quantization),
  });
}

function prefillOf({ prefill, prompt }: JsonObject): Response["prefill"] {
  if (prefill === undefined) {
    // Programs that do not tell do not look.
    return isPrefilled(prompt as Prompt) ? "unknown" : null;
  }
  return PREFILL_OUTCOMES.find((outcome) => outcome === prefill) ?? null;
}

/** The message in a provider's whole answer; null where there is none. */
function messageOf(raw: unknown): JsonObject | null {
  if (!isJsonObject(raw) || !Array.isArray(raw.choices)) return null;
  const message = raw.choices[0]?.message;
  return isJsonObject(message) ? message : null;
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
