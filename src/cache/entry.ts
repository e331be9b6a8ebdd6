import { isTruncated } from "../completion/is_truncated.ts";
import { firstChoice } from "../completion/first_choice.ts";
import { readMessage } from "../completion/read_message.ts";
import { readUsage } from "../completion/read_usage.ts";
import {
  isJsonObject,
  type JsonObject,
  numberOrNull,
  stringOrNull,
} from "../util/json_object.ts";
import { parseLenientJson } from "../util/parse_lenient_json.ts";
import { Response, type SampledRequest } from "../response.ts";
import type { CacheKeyInput } from "../request/cache_key_input.ts";
import { differences } from "./entry_differences.ts";
import { type EntryTexts, ourTexts, pythonTexts } from "./entry_texts.ts";
import type { Prompt } from "../prompt.ts";
import { isPrefilled } from "../request/is_prefilled.ts";
import { PREFILL_OUTCOMES } from "../prefill_outcome.ts";

/** The request that an entry is compared with. */
export interface EntryRequest extends CacheKeyInput {
  /** The request that the sample reports. */
  readonly sampled?: SampledRequest;
}

/** The result of parsing a cache file. */
export type ParsedEntry =
  | { readonly type: "response"; readonly response: Response }
  /** It belongs to another request, which differs in a field. */
  | { readonly type: "foreign"; readonly field: string }
  /** An older program wrote an error into it. */
  | { readonly type: "failed" }
  | { readonly type: "corrupt"; readonly reason: string };

/** The version of the format, in each entry. Entries of the Python package have none. */
const ENTRY_VERSION = 1;

/**
 * Writes the cache files of one prompt: the fields of the Python package, the whole body of the request,
 * attempts, latency, and the provider's whole answer, but no key and no header. What all files share
 * is serialized once.
 */
export class EntryWriter {
  readonly #head: string;
  readonly #tail: string;
  readonly #hasSeed: boolean;

  /** Serializes what the files of a prompt share. `sent` is the body that is sent. */
  constructor(
    { prompt, body, otherEndpoint, route }: CacheKeyInput,
    sent: JsonObject,
  ) {
    this.#head = members({
      prompt,
      temperature: body.temperature ?? null,
      top_p: body.top_p ?? null,
      max_tokens: body.max_tokens ?? null,
      model: body.model,
      provider: body.provider ?? null,
    });
    this.#hasSeed = route?.seed === undefined;
    this.#tail = members({
      version: ENTRY_VERSION,
      endpoint: otherEndpoint,
      // If the sent body differs from the requested one, the file has both.
      ...(route === null ? {} : { route }),
      ...(route === null && sent === body ? {} : { asked: body }),
      request: sent,
    }).slice(0, -"\n  }".length);
  }

  /** Returns the text of a sample's file. `rawJson` is the provider's whole answer. */
  write(response: Response, rawJson: string): string {
    const { seed, attempts, latencyMs } = response;
    const { prefill, quantization, systemFingerprint } = response;
    const parts = [
      members({ seed }),
      this.#head,
      members({ response: response.toJSON() }),
      this.#hasSeed
        ? `${this.#tail},\n    "seed": ${seed}\n  }`
        : `${this.#tail}\n  }`,
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

/** Serializes the members of an object, indented, without the braces around them. */
function members(object: JsonObject): string {
  return JSON.stringify(object, null, 2).slice("{\n".length, -"\n}".length);
}

/**
 * Parses a cache file and compares it with the request for `seed`. Entries of the Python package, also
 * old ones with `full_text`, `text`, or `post`, are read, too.
 */
export function parseEntry(
  text: string,
  request: EntryRequest,
  seed: number,
): ParsedEntry {
  const entry = parseLenientJson(text);
  return entry === null
    ? { type: "corrupt", reason: "it is not a JSON object" }
    : checkEntry(entry.object, request, seed);
}

/** Compares a parsed cache file with the request: see {@linkcode parseEntry}. */
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
    return {
      type: "corrupt",
      reason: "its texts are missing or contradict each other",
    };
  }
  const [difference] = differences(entry, request, seed);
  if (difference !== undefined) {
    return { type: "foreign", field: difference.field };
  }
  if (typeof response.seed === "number" && response.seed !== seed) {
    return { type: "corrupt", reason: "its seeds contradict each other" };
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
  const raw = isJsonObject(entry.raw) ? entry.raw : null;
  const choice = raw === null ? {} : firstChoice(raw) ?? {};
  const { refusal, toolCalls, images, audio, annotations } = readMessage(
    choice,
  );
  const finishReason = stringOrNull(data.finish_reason);
  const nativeFinishReason = stringOrNull(choice.native_finish_reason);
  const usage = readUsage(raw?.usage ?? data.usage);
  const { max_tokens, max_completion_tokens } = request.body;
  const parts = {
    ...texts,
    refusal,
    finishReason,
    nativeFinishReason,
    truncated: isTruncated(
      { finishReason, nativeFinishReason, usage },
      max_tokens ?? max_completion_tokens,
    ),
    usage,
    provider: stringOrNull(data.provider),
    responseId: stringOrNull(data.response_id) ?? "",
    model: stringOrNull(data.model) ?? String(entry.model ?? ""),
    object: stringOrNull(data.object) ?? "",
    created: numberOrNull(data.created) ?? 0,
    seed,
    completedReasoning: typeof data.completed_reasoning === "boolean"
      ? data.completed_reasoning
      : texts.reasoning === null || texts.full.includes("</think>"),
    prefill: prefillOf(entry),
    systemFingerprint: stringOrNull(entry.system_fingerprint) ??
      stringOrNull(raw?.system_fingerprint),
    toolCalls,
    images,
    audio,
    annotations,
    logprobs: data.logprobs ?? null,
    latencyMs: numberOrNull(entry.latency_ms),
    raw,
  };
  const origin = {
    cached: true,
    attempts: numberOrNull(entry.attempts),
    quantization: stringOrNull(entry.quantization),
  };
  return new Response(parts, origin, request.sampled);
}

function prefillOf({ prefill, prompt }: JsonObject): Response["prefill"] {
  if (prefill === undefined) {
    // Other programs do not record the outcome.
    return isPrefilled(prompt as Prompt) ? "unknown" : null;
  }
  return PREFILL_OUTCOMES.find((outcome) => outcome === prefill) ?? null;
}

/** Returns the message in a provider's whole answer, or `null`. */
function messageOf(raw: unknown): JsonObject | null {
  const choice = isJsonObject(raw) ? firstChoice(raw) : null;
  return isJsonObject(choice?.message) ? choice.message : null;
}
