import type { CacheDirectory } from "./cache_path.ts";
import type { CacheReader } from "./cache_reader.ts";
import { fs } from "../platform/deno/fs.ts";
import { readPackName } from "./pack_name.ts";
import { readSampleFileName } from "./sample_file_name.ts";

/** A sample's file or a pack that is copied from one cache to another. */
export interface CacheItem {
  readonly segments: CacheDirectory;
  /** Its file name. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The place of an item below a cache directory, with `/` as separator. */
export function itemPath(
  { segments, name }: Pick<CacheItem, "segments" | "name">,
): string {
  return [...segments, name].join("/");
}

/**
 * Parses a path of {@linkcode itemPath}. Returns `null` for every other path, such as one that leads out of
 * the cache directory.
 */
export function readItemPath(
  path: string,
): Pick<CacheItem, "segments" | "name"> | null {
  const [
    model = "",
    parameters = "",
    prefix = "",
    key = "",
    name = "",
    ...rest
  ] = path.split("/");
  const isItem = rest.length === 0 && isSegment(model) &&
    isSegment(parameters) && /^[0-9a-f]{64}$/.test(key) &&
    prefix === key.slice(0, 3) &&
    (readSampleFileName(name) !== null || readPackName(name) !== null);
  return isItem ? { segments: [model, parameters, prefix, key], name } : null;
}

/** Whether a name is a single visible directory on all systems. */
function isSegment(name: string): boolean {
  return /^[^.\p{C}\\/:*?"<>|][^\p{C}\\/:*?"<>|]*$/u.test(name);
}

/**
 * Reads the files and packs of a cache.
 *
 * @param onError Called with what cannot be read.
 */
export function* cacheItems(
  cache: CacheReader,
  onError: (message: string) => void,
): Generator<CacheItem, void, undefined> {
  for (const prompt of cache.prompts()) {
    const { segments } = prompt;
    for (const { reason } of prompt.unreadable) onError(reason);
    const packs = new Set<string>();
    for (const file of prompt.files) {
      if (file.isPacked) packs.add(file.path);
      else if (file.isFile) {
        const bytes = cache.read(segments, file);
        if (bytes !== null) yield { segments, name: file.name, bytes };
      }
    }
    for (const path of packs) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      yield { segments, name, bytes: fs.readBytes(path) };
    }
  }
}
