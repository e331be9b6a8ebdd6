import type { CacheKeyInput } from "../request/cache_key_input.ts";
import type { Settings } from "../options/settings.ts";
import type { CacheDirectory } from "./cache_path.ts";
import { parseEntry } from "./entry.ts";
import type { EntryReader } from "./entry_reader.ts";
import { sampleFileName } from "./sample_file_name.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";

/** A prompt directory and the request whose samples it has. */
interface Place {
  readonly directory: CacheDirectory;
  readonly request: CacheKeyInput;
}

/**
 * Counts the stored samples of a call by the names of their files. Reads only the first and the last
 * file of each cache directory: two requests can share a directory, and then one of the two usually shows it. Returns `null` if
 * names are not enough and every file has to be read.
 *
 * @throws {CacheError} If the directory or a file cannot be read.
 */
export function countByName(
  layers: readonly EntryReader[],
  { directory, request }: Place,
  { seed: start, nSamples }: Pick<Settings, "seed" | "nSamples">,
): number | null {
  const firstSeed = start ?? 0;
  const counted = new Set<number>();
  for (const entries of layers) {
    const seeds: number[] = [];
    const { files } = entries.list(directory);
    for (const { seed, digest, isFile } of files.values()) {
      // A second name shows that two requests have samples of one seed.
      if (!isFile || digest !== null) return null;
      const isWanted = seed >= firstSeed && seed < firstSeed + nSamples;
      if (isWanted) seeds.push(seed);
    }
    seeds.sort((a, b) => a - b);
    const ends = new Set([...seeds.slice(0, 1), ...seeds.slice(-1)]);
    for (const seed of ends) {
      const entry = entries.read(directory, sampleFileName(seed));
      const text = entry === null ? null : decodeUtf8(entry.bytes);
      const isUsable = text !== null &&
        parseEntry(text, request, seed).type === "response";
      if (!isUsable) return null;
    }
    for (const seed of seeds) counted.add(seed);
  }
  return counted.size;
}
