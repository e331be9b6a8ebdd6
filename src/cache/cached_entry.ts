import type { CacheKeyInput, CacheRoute } from "../request/cache_key_input.ts";
import type { CacheDirectory } from "./cache_path.ts";
import { foreignReason } from "./foreign_reason.ts";
import { checkEntry } from "./entry.ts";
import { askedBody } from "./entry_differences.ts";
import type { RequestPaths } from "./request_paths.ts";
import { readSampleFileName, sampleFileName } from "./sample_file_name.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";
import {
  isJsonObject,
  type JsonObject,
  stringOrNull,
} from "../util/json_object.ts";
import { parseLenientJson } from "../util/parse_lenient_json.ts";
import type { Prompt, RequestBody } from "../prompt.ts";
import type { Response } from "../response.ts";
import { prefillMessages } from "../request/prefill_messages.ts";

/** The content of a cache file, read without a request to compare it with. */
export interface CachedEntry {
  /** The requested model. */
  readonly model: string;
  /** The prompt as the caller passed it. */
  readonly prompt: Prompt;
  /** The prefill, including `<think>`, or `null` if the prompt has none. */
  readonly prefill: string | null;
  /** The other fields of the request body, without `seed`, by their API names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The sample. */
  readonly response: Response;
  /** The place of the file, or `null` if an entry of the Python package has too few fields to derive it. */
  readonly location: EntryLocation | null;
}

/** The place of an entry in the cache directory. */
export interface EntryLocation {
  /** The path segments of the prompt directory. */
  readonly segments: readonly [string, string, string, string];
  /** Whether the parameters segment is complete: entries of the Python package omit some parameters. */
  readonly isComplete: boolean;
  /** The file names that the entry may have. */
  readonly names: readonly string[];
}

/** A parsed entry, or why there is none. */
interface CachedEntryResult {
  readonly entry: CachedEntry | null;
  readonly problem: string | null;
  /** Whether no program can use the file. A newer version may be able to, or the entry has too few fields. */
  readonly isCorrupt: boolean;
}

/** Parses a cache file of this package or of the Python package. */
export function parseCachedEntry(
  bytes: Uint8Array<ArrayBuffer>,
  paths: RequestPaths,
): CachedEntryResult {
  const text = decodeUtf8(bytes);
  if (text === null) return unusable("it is not UTF-8", true);
  try {
    return parseText(text, paths);
  } catch (error) {
    // One odd file, such as one with endless nesting, must not stop the others.
    const reason = error instanceof Error ? error.message : error;
    return unusable(`it cannot be parsed: ${reason}`, false);
  }
}

function parseText(text: string, paths: RequestPaths): CachedEntryResult {
  const parsed = parseLenientJson(text)?.object ?? null;
  if (parsed === null) return unusable("it is not a JSON object", true);
  const { seed } = parsed;
  if (typeof seed !== "number") return unusable("it has no seed", false);
  const key = keyOf(parsed);
  if (key === null) return unusable("it has no prompt or no model", false);
  const reading = checkEntry(parsed, key, seed);
  switch (reading.type) {
    case "corrupt":
      return unusable(reading.reason, true);
    case "foreign":
      return unusable(
        reading.field === "version"
          ? foreignReason(reading.field)
          : `its values of ${reading.field} contradict each other`,
        false,
      );
    case "failed":
      return unusable("an older program wrote an error into it", false);
    case "response": {
      const { model, messages, ...parameters } = key.body;
      const entry = {
        model,
        prompt: key.prompt,
        // The Python package does not store the messages: it builds them as this package does.
        prefill: prefillMessages(
          Array.isArray(messages) ? messages : key.prompt,
          model,
        ).prefill,
        parameters,
        response: reading.response,
        location: locationOf(key, seed, {
          isComplete: isJsonObject(parsed.request),
          paths,
        }),
      };
      return { entry, problem: null, isCorrupt: false };
    }
  }
}

/**
 * Explains why a file is never returned: it is in the wrong place. Returns `null`
 * if it is in the right place.
 */
export function misplacement(
  { location, response: { seed } }: CachedEntry,
  segments: CacheDirectory,
  name: string,
): string | null {
  if (readSampleFileName(name)?.seed !== seed) return `its seed is ${seed}`;
  if (location === null) return null;
  const isHere = location.segments.every((expected, index) =>
    index === 1 && !location.isComplete
      ? canExtend(segments[1], expected)
      : segments[index] === expected
  );
  if (!isHere) return `it belongs to ${location.segments.join("/")}`;
  return location.names.includes(name)
    ? null
    : "its name is that of another request";
}

/** Whether a parameters segment can belong to an entry, with parameters that the entry does not store. */
function canExtend(segment: string, stored: string): boolean {
  const [known = "", provider] = stored.split(/(?=_provider)/);
  return (segment === known || segment.startsWith(`${known}_`)) &&
    (provider === undefined || segment.includes(provider));
}

function locationOf(
  key: CacheKeyInput,
  seed: number,
  { isComplete, paths }: {
    readonly isComplete: boolean;
    readonly paths: RequestPaths;
  },
): EntryLocation | null {
  const { temperature, top_p, max_tokens } = key.body;
  const isKnown = isComplete || [temperature, top_p, max_tokens]
    .every((value) => typeof value === "number" || value === null);
  if (!isKnown) return null;
  const { directory, digest } = paths.of(key);
  return {
    segments: directory,
    isComplete,
    names: [sampleFileName(seed), sampleFileName(seed, digest)],
  };
}

function unusable(problem: string, isCorrupt: boolean): CachedEntryResult {
  return { entry: null, problem, isCorrupt };
}

/** Returns the request that an entry answers, or `null` if the entry has too few fields. */
function keyOf(entry: JsonObject): CacheKeyInput | null {
  const { prompt, model, endpoint } = entry;
  const isPrompt = typeof prompt === "string" || Array.isArray(prompt);
  if (!isPrompt || typeof model !== "string") return null;
  const key = {
    prompt: prompt as Prompt,
    otherEndpoint: stringOrNull(endpoint),
    route: isJsonObject(entry.route) ? entry.route as CacheRoute : null,
  };
  const asked = askedBody(entry);
  if (asked !== null) {
    const { seed: _, ...body } = asked;
    if (typeof body.model !== "string") return null;
    return { ...key, body: body as RequestBody };
  }
  const { temperature, top_p, max_tokens, provider } = entry;
  const body: unknown = {
    model,
    temperature,
    top_p,
    max_tokens,
    ...(provider == null ? {} : { provider }),
  };
  return { ...key, body: body as RequestBody };
}
