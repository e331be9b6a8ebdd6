import {
  isJsonObject,
  type JsonObject,
  parseJsonObject,
} from "../util/json_object.ts";

import { Response, type SampledRequest } from "../response.ts";
import type { CacheKeyInput } from "../request/cache_key_input.ts";
import { differences } from "./entry_differences.ts";
import { type EntryTexts, ourTexts, pythonTexts } from "./entry_texts.ts";
import type { Prompt } from "../prompt.ts";
import { isPrefilled } from "../request/is_prefilled.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";

/** The request that an entry is compared with. */
export interface EntryRequest extends CacheKeyInput {
  /** What the sample reports as its request. */
  readonly sampled?: SampledRequest;
}

/** What a cache file turned out to be. */
export type ParsedEntry =
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
export function parseEntry(
  text: string,
  request: EntryRequest,
  seed: number,
): ParsedEntry {
  const entry = parseJsonObject(text);
  return entry === null
    ? { type: "corrupt", reason: "it is not a JSON object" }
    : checkEntry(entry, request, seed);
}

/** What {@linkcode parseEntry} does, once the text is parsed. */
export function checkEntry(
  entry: JsonObject,
  request: EntryRequest,
  seed: number,
): ParsedEntry {
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
  return {
    type: "response",
    response: cachedResponse(entry, { texts, seed, request }),
  };
}

function cachedResponse(
  entry: JsonObject,
  { texts, seed, request }: {
    readonly texts: EntryTexts;
    readonly seed: number;
    readonly request: EntryRequest;
  },
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
  const origin = {
    cached: true,
    attempts: number(entry.attempts),
    quantization: text(entry.quantization),
  };
  return new Response(parts, origin, request.sampled);
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

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
