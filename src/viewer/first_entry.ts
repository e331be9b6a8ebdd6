import type { CachedEntry } from "../cache/cached_entry.ts";
import type { CacheReader } from "../cache/cache_reader.ts";
import { segmentsOf } from "./segments_of.ts";

/** The first entry of a model in a directory; null where there is none. */
export function firstEntry(
  cache: CacheReader,
  directory: string,
  model: string,
): CachedEntry | null {
  for (
    const { entry, problem } of cache.samples(
      cache.prompt(segmentsOf(directory)),
    )
  ) {
    if (problem === null && entry?.model === model) return entry;
  }
  return null;
}
