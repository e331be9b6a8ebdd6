import { compression } from "../platform/deno/compression.ts";
import { misplacement } from "./cached_entry.ts";
import { CachedEntryParser } from "./cached_entry_parser.ts";
import { type CacheItem, itemPath } from "./cache_item.ts";
import { PackLines } from "./pack_lines.ts";
import { PACK_FORMATS, packName, readPackName } from "./pack_name.ts";
import { readSampleFileName } from "./sample_file_name.ts";

/** The target that items are copied to. */
export interface CacheTarget {
  /** Compares a sample's file with the one that exists, packed or not. */
  compare(item: CacheItem): "missing" | "same" | "different";
  /** Whether there is a pack with this name. */
  hasPack(item: Pick<CacheItem, "segments" | "name">): boolean;
  /** Adds a file, which does not exist. */
  add(item: CacheItem): Promise<void> | void;
}

/** The result of a copy. */
export interface TransferResult {
  /** The number of samples that were copied. */
  copied: number;
  /** The number of samples that existed. */
  existing: number;
  /** The samples that were not copied, and why. */
  readonly left: { readonly path: string; readonly reason: string }[];
}

/** Returns the result before anything is copied. */
export function noTransfers(): TransferResult {
  return { copied: 0, existing: 0, left: [] };
}

/**
 * Copies samples to a target that does not have them. Never changes existing samples: a sample that differs,
 * is unusable, or is in the wrong place is reported. A pack stays a pack if none of its samples exist.
 *
 * @param result Counts what was copied, also until an error.
 */
export async function transferItems(
  items: Iterable<CacheItem> | AsyncIterable<CacheItem>,
  target: CacheTarget,
  result: TransferResult = noTransfers(),
): Promise<TransferResult> {
  const parser = new CachedEntryParser();
  const leave = (item: Pick<CacheItem, "segments" | "name">, reason: string) =>
    result.left.push({ path: itemPath(item), reason });
  const isNew = (item: CacheItem): boolean => {
    const { segments, name, bytes } = item;
    const { seed } = readSampleFileName(name)!;
    const { entry, problem } = parser.parse(bytes, seed);
    const fault = entry === null
      ? problem
      : misplacement(entry, segments, name);
    if (fault !== null) {
      leave(item, fault);
      return false;
    }
    const state = target.compare(item);
    if (state === "same") result.existing++;
    if (state === "different") {
      leave(item, "it differs from the sample that exists");
    }
    return state === "missing";
  };
  for await (const item of items) {
    const { segments, name } = item;
    const format = readPackName(name)?.format;
    if (format === undefined) {
      if (!isNew(item)) continue;
      await target.add(item);
      result.copied++;
      continue;
    }
    let lines: PackLines;
    try {
      lines = new PackLines(compression.decompress(item.bytes, format));
    } catch (error) {
      leave(item, `it cannot be read: ${(error as Error).message}`);
      continue;
    }
    const files = Array.from(
      lines.files(),
      ([name, bytes]) => ({ segments, name, bytes }),
    );
    const added = files.filter((file) =>
      readSampleFileName(file.name) !== null && isNew(file)
    );
    const isWhole = added.length === files.length &&
      !PACK_FORMATS.some((format) =>
        target.hasPack({
          segments,
          name: packName(readPackName(name)!.firstSeed, format),
        })
      );
    if (isWhole) await target.add(item);
    else for (const file of added) await target.add(file);
    result.copied += added.length;
  }
  return result;
}
