import type { CacheKeyInput } from "../request/cache_key_input.ts";
import {
  type CacheDirectory,
  cacheDirectory,
  requestDigest,
} from "./cache_path.ts";
import { foreignReason } from "./foreign_reason.ts";
import { parseEntry, parseEntryObject } from "./entry.ts";
import type { EntryReader } from "./entry_reader.ts";
import { type Difference, differences } from "./entry_differences.ts";
import { sampleFileName } from "./sample_file_name.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";

/** The cache entry whose request is most similar to a request. */
export interface NearestEntry {
  /** The path of the file. */
  readonly path: string;
  /** The fields in which the requests differ. */
  readonly differences: readonly Difference[];
}

/** Why a sample is not in the cache. */
export interface MissExplanation {
  /** Whether the sample is in the cache after all. */
  readonly isCached: boolean;
  /** The path of the file that has, or would have, the sample. */
  readonly path: string;
  /** The reason, in one sentence. */
  readonly reason: string;
  /** The most similar entry, or `null` if the cache has none with the same prompt or parameters. */
  readonly nearest: NearestEntry | null;
}

/** The most prompts to compare with, if none is the same. */
const MAX_PROMPTS = 1000;

/**
 * Explains why a sample is not in the cache: its file is unusable, or does not exist. In the latter
 * case, finds the nearest entry: of the entries of the same prompt, the one with the fewest differences;
 * if there is none, of those with the same model and parameters, the one whose prompt has the longest
 * common beginning.
 *
 * @param layers Readers of the cache directories.
 * @throws {CacheError} If the cache cannot be read.
 */
export function explainMiss(
  layers: readonly EntryReader[],
  request: CacheKeyInput,
  seed: number,
): MissExplanation {
  const searches = layers.map((entries) => ({ entries, request, seed }));
  const files = searches.map(explainFile).filter((found) => found !== null);
  const found = files.find(({ isCached }) => isCached) ?? files[0];
  if (found !== undefined) return found;
  const nearest = nearer(searches.map(nearestOfPrompt)) ??
    nearer(searches.map(nearestOfParameters));
  const reason = nearest === null
    ? "the cache has no entry with its prompt, or with its model and parameters"
    : `the nearest entry differs in ${
      nearest.differences.map(shown).join(", ")
    }`;
  return miss(ownPath(searches[0]!), reason, nearest);
}

/** A cache directory, and the sample to find in it. */
interface Search {
  readonly entries: EntryReader;
  readonly request: CacheKeyInput;
  readonly seed: number;
}

/** Explains what the sample's file contains. Returns `null` if it does not exist. */
function explainFile(search: Search): MissExplanation | null {
  const { entries, request, seed } = search;
  const directory = cacheDirectory(request);
  let isTaken = false;
  // If the file belongs to another request, the sample has a file with a digest in its name.
  for (const digest of [null, requestDigest(request)]) {
    const entry = entries.read(directory, sampleFileName(seed, digest));
    if (entry === null) continue;
    const { path } = entry;
    const text = decodeUtf8(entry.bytes) ?? "";
    const reading = parseEntry(text, request, seed);
    switch (reading.type) {
      case "response": {
        const reason = "it is cached";
        return { isCached: true, path, reason, nearest: null };
      }
      case "corrupt":
        return miss(path, `its file is corrupt: ${reading.reason}`, null);
      case "failed":
        return miss(
          path,
          "an older program wrote an error into its file",
          null,
        );
      case "foreign":
        if (reading.field === "version") {
          return miss(path, foreignReason(reading.field), null);
        }
        isTaken = true;
    }
  }
  if (!isTaken) return null;
  const nearest = entryAt(search, directory, seed);
  return miss(ownPath(search), "its file belongs to another request", nearest);
}

function ownPath({ entries, request, seed }: Search): string {
  return `${entries.path(cacheDirectory(request))}/${sampleFileName(seed)}`;
}

function miss(
  path: string,
  reason: string,
  nearest: NearestEntry | null,
): MissExplanation {
  return { isCached: false, path, reason, nearest };
}

/** Returns the first of the entries with the fewest differences, or `null` if there is none. */
function nearer(
  entries: readonly (NearestEntry | null)[],
): NearestEntry | null {
  return entries.reduce(
    (best, entry) =>
      best === null ||
        (entry?.differences.length ?? Infinity) < best.differences.length
        ? entry
        : best,
    null,
  );
}

function nearestOfPrompt(search: Search): NearestEntry | null {
  const { entries, request } = search;
  const [, , prefix, hash] = cacheDirectory(request);
  const found: (NearestEntry | null)[] = [];
  for (const model of entries.subdirectories([])) {
    for (const parameters of entries.subdirectories([model])) {
      found.push(someEntry(search, [model, parameters, prefix, hash]));
    }
  }
  return nearer(found);
}

function nearestOfParameters(search: Search): NearestEntry | null {
  const { entries, request } = search;
  const [model, parameters] = cacheDirectory(request);
  let best: NearestEntry | null = null;
  let bestLength = -1;
  let looked = 0;
  for (const prefix of entries.subdirectories([model, parameters])) {
    for (const hash of entries.subdirectories([model, parameters, prefix])) {
      if (looked++ >= MAX_PROMPTS) return best;
      const entry = someEntry(search, [model, parameters, prefix, hash]);
      if (entry === null) continue;
      const prompt = entry.differences.find(({ field }) => field === "prompt");
      const length = commonLength(prompt?.cached, prompt?.requested);
      if (length > bestLength) [best, bestLength] = [entry, length];
    }
  }
  return best;
}

/** Returns the entry of the same seed in a directory, or that of the first seed. */
function someEntry(
  search: Search,
  directory: CacheDirectory,
): NearestEntry | null {
  let first: number | null = null;
  for (
    const { seed, digest, isFile } of search.entries.list(directory).files
      .values()
  ) {
    if (!isFile || digest !== null) continue;
    if (seed === search.seed) return entryAt(search, directory, seed);
    first = Math.min(first ?? seed, seed);
  }
  return first === null ? null : entryAt(search, directory, first);
}

function entryAt(
  { entries, request, seed }: Search,
  directory: CacheDirectory,
  entrySeed: number,
): NearestEntry | null {
  const name = sampleFileName(entrySeed);
  const stored = entries.read(directory, name);
  const text = stored === null ? null : decodeUtf8(stored.bytes);
  const entry = text === null ? null : parseEntryObject(text);
  return entry?.type !== "object" ? null : {
    path: stored!.path,
    differences: differences(entry.object, request, seed),
  };
}

function shown({ field, cached, requested }: Difference): string {
  return `${field} (cached ${short(cached)}, requested ${short(requested)})`;
}

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function commonLength(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a) ?? "", JSON.stringify(b) ?? ""];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}
