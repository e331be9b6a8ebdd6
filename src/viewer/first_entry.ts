import type { CachedEntry } from "../cache/cached_entry.ts";
import type { CacheReader } from "../cache/cache_reader.ts";
import { segmentsOf } from "./directory_tree.ts";

/** Returns the first usable entry of a model in a prompt directory, or `null` if there is none. */
export function firstEntry(
  cache: CacheReader,
  directory: string,
  model: string,
): CachedEntry | null {
  const samples = cache.samples(cache.prompt(segmentsOf(directory)));
  return samples.find(({ entry, problem }) =>
    problem === null && entry?.model === model
  )?.entry ?? null;
}
