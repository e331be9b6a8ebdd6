import type { Prompt, RequestBody } from "../prompt.ts";
import type { CacheKeyInput, CacheRoute } from "../request/cache_key_input.ts";
import { prefillMessages } from "../request/prefill_messages.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";
import {
  isJsonObject,
  type JsonObject,
  stringOrNull,
} from "../util/json_object.ts";
import type { CachedEntry, EntryLocation } from "./cached_entry.ts";
import { checkEntry, type ParsedEntry, parseEntryObject } from "./entry.ts";
import { askedBody } from "./entry_differences.ts";
import { EntryParser, sentRequest } from "./entry_parser.ts";
import { ENTRY_VERSIONS } from "./entry_versions.ts";
import { foreignReason } from "./foreign_reason.ts";
import { RequestPaths } from "./request_paths.ts";
import { sampleFileName } from "./sample_file_name.ts";

/** A parsed entry, or why there is none. */
export interface CachedEntryResult {
  readonly entry: CachedEntry | null;
  readonly problem: string | null;
  /** Whether no program can use the file. A newer version may be able to, or the entry has too few fields. */
  readonly isCorrupt: boolean;
}

/** The data that entries of the same request share. */
interface RequestFacts {
  readonly key: CacheKeyInput;
  readonly entry: Omit<CachedEntry, "response" | "location">;
  /** Whether the entries have the whole request. */
  readonly isComplete: boolean;
  /** Parses entries with references; `null` if the last entry has none. */
  readonly parser: EntryParser | null;
}

/** Parses cache files of this package and of the Python package, whatever their requests are. */
export class CachedEntryParser {
  readonly #paths = new RequestPaths();
  /** The request of the last file. Files of one directory usually share it. */
  #last: RequestFacts | null = null;

  /** Parses a file. The seed in its name is only a hint. */
  parse(bytes: Uint8Array<ArrayBuffer>, seed: number): CachedEntryResult {
    const text = decodeUtf8(bytes);
    if (text === null) return unusable("it is not UTF-8", true);
    try {
      const known = this.#last?.parser?.parseKnown(text, seed) ?? null;
      return known === null
        ? this.#parseUnknown(text)
        : this.#result(known, this.#last!, seed);
    } catch (error) {
      // One odd file, such as one with endless nesting, must not stop the others.
      const reason = error instanceof Error ? error.message : error;
      return unusable(`it cannot be parsed: ${reason}`, false);
    }
  }

  #parseUnknown(text: string): CachedEntryResult {
    const parsed = parseEntryObject(text);
    if (parsed.type === "corrupt") return unusable(parsed.reason, true);
    const { seed } = parsed.object;
    if (typeof seed !== "number") return unusable("it has no seed", false);
    const key = keyOf(parsed.object);
    if (key === null) return unusable("it has no prompt or no model", false);
    const facts = factsOf(parsed.object, key);
    this.#last = facts;
    return this.#result(checkEntry(parsed.object, key, seed), facts, seed);
  }

  #result(
    parsed: ParsedEntry,
    { key, entry, isComplete }: RequestFacts,
    seed: number,
  ): CachedEntryResult {
    switch (parsed.type) {
      case "corrupt":
        return unusable(parsed.reason, true);
      case "foreign":
        return unusable(
          parsed.field === "version"
            ? foreignReason(parsed.field)
            : `its values of ${parsed.field} contradict each other`,
          false,
        );
      case "failed":
        return unusable("an older program wrote an error into it", false);
      case "response": {
        const { response } = parsed;
        const paths = this.#paths;
        const location = locationOf(key, seed, { isComplete, paths });
        return {
          entry: { ...entry, response, location },
          problem: null,
          isCorrupt: false,
        };
      }
    }
  }
}

function factsOf(entry: JsonObject, key: CacheKeyInput): RequestFacts {
  const { model, messages, ...parameters } = key.body;
  const isComplete = isJsonObject(entry.request);
  return {
    key,
    entry: {
      model,
      prompt: key.prompt,
      // The Python package does not store the messages: it builds them as this package does.
      prefill: prefillMessages(
        Array.isArray(messages) ? messages : key.prompt,
        model,
      ).prefill,
      parameters,
      endpoint: key.otherEndpoint,
      route: key.route,
    },
    isComplete,
    parser: entry.version === ENTRY_VERSIONS.references
      ? new EntryParser(key, sentRequest(entry))
      : null,
  };
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
