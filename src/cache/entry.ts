import type { Response } from "../response.ts";
import { isJsonObject, type JsonObject } from "../util/json_object.ts";
import { parseLenientJson } from "../util/parse_lenient_json.ts";
import { cachedResponse } from "./cached_response.ts";
import { differences } from "./entry_differences.ts";
import type { EntryRequest } from "./entry_request.ts";
import { resolveReferences } from "./entry_references.ts";
import { type EntryTexts, ourTexts, pythonTexts } from "./entry_texts.ts";
import { ENTRY_VERSIONS } from "./entry_versions.ts";
import type { KnownLayout } from "./parse_known_layout.ts";

/** The result of parsing a cache file. */
export type ParsedEntry =
  | { readonly type: "response"; readonly response: Response }
  /** It belongs to another request, which differs in a field. */
  | { readonly type: "foreign"; readonly field: string }
  /** An older program wrote an error into it. */
  | { readonly type: "failed" }
  | CorruptEntry;

/** No program can use it. */
export interface CorruptEntry {
  readonly type: "corrupt";
  readonly reason: string;
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
  const parsed = parseEntryObject(text);
  return parsed.type === "object"
    ? checkEntry(parsed.object, request, seed)
    : parsed;
}

/** Parses a cache file without a request, and replaces references by their values. */
export function parseEntryObject(
  text: string,
): { readonly type: "object"; readonly object: JsonObject } | CorruptEntry {
  const object = parseLenientJson(text)?.object;
  if (object === undefined) return corrupt("it is not a JSON object");
  const isComplete = object.version !== ENTRY_VERSIONS.references ||
    resolveReferences(object);
  return isComplete
    ? { type: "object", object }
    : corrupt("a reference in it has no target");
}

/**
 * Compares a parsed cache file with the request: see {@linkcode parseEntry}.
 *
 * @param known What is known already: also that the request is the same.
 */
export function checkEntry(
  entry: JsonObject,
  request: EntryRequest,
  seed: number,
  known: Pick<KnownLayout, "texts" | "compactRaw"> | null = null,
): ParsedEntry {
  const { response, version } = entry;
  if (!isJsonObject(response)) return corrupt("it has no response");
  if (typeof version === "number" && version > ENTRY_VERSIONS.references) {
    return { type: "foreign", field: "version" };
  }
  const texts = known?.texts ?? textsOf(entry, response);
  if (texts === null) {
    return corrupt("its texts are missing or contradict each other");
  }
  if (known === null) {
    const [difference] = differences(entry, request, seed);
    if (difference !== undefined) {
      return { type: "foreign", field: difference.field };
    }
  }
  if (typeof response.seed === "number" && response.seed !== seed) {
    return corrupt("its seeds contradict each other");
  }
  if (response.finish_reason === "error") return { type: "failed" };
  return {
    type: "response",
    response: cachedResponse(entry, {
      texts,
      seed,
      request,
      compactRaw: known?.compactRaw ?? null,
    }),
  };
}

function textsOf(
  { version, raw }: JsonObject,
  response: JsonObject,
): EntryTexts | null {
  if (version === undefined) return pythonTexts(response);
  const isKnown = version === ENTRY_VERSIONS.whole ||
    version === ENTRY_VERSIONS.references;
  return isKnown ? ourTexts(response, raw) : null;
}

function corrupt(reason: string): CorruptEntry {
  return { type: "corrupt", reason };
}
