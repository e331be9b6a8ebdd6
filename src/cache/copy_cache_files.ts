import { fs } from "../platform/deno/fs.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import type { CacheDirectory } from "./cache_path.ts";
import type { CacheReader } from "./cache_reader.ts";
import { type CachedFile, EntryReader } from "./entry_reader.ts";

/**
 * Copies files of a prompt to another cache directory, each atomically. Keeps what exists there. Copies,
 * and no hard links: users edit a copy before they publish it, and editors and the Python package write
 * in place. Packed files become files. Returns the number of copied files.
 *
 * @throws {Error} If a file does not exist any more.
 */
export function copyCacheFiles(
  files: Iterable<CachedFile>,
  { cache, segments, to }: {
    readonly cache: CacheReader;
    readonly segments: CacheDirectory;
    /** The other cache directory. */
    readonly to: string;
  },
): number {
  const target = new EntryReader(to, { mustExist: false });
  const existing = target.list(segments).files;
  const directory = target.path(segments);
  fs.ensureDirectory(directory);
  let copied = 0;
  const temporary = `${directory}/.${crypto.randomUUID()}.tmp`;
  for (const file of files) {
    if (existing.has(file.name)) continue;
    try {
      if (file.isPacked) {
        const bytes = cache.read(segments, file);
        if (bytes === null) throw removed(file);
        fs.writeNew(temporary, bytes);
      } else fs.copy(file.path, temporary);
      fs.rename(temporary, `${directory}/${file.name}`);
      copied++;
    } catch (error) {
      removeIfPossible(temporary);
      throw fs.isNotFound(error) ? removed(file, error) : error;
    }
  }
  return copied;
}

function removed({ path }: CachedFile, cause?: unknown): Error {
  return new Error(`${path} was removed while it was copied`, { cause });
}
