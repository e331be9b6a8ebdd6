import { fs } from "./deno/fs.ts";
import { joinPath } from "./join_path.ts";
import { lstatIfExists } from "./lstat_if_exists.ts";

/**
 * Removes a file of a cache, and the directories above it that are empty then, up to the
 * cache's own.
 */
export function removeCacheFile(root: string, path: string): void {
  try {
    fs.remove(path);
  } catch (error) {
    // Another program was faster.
    if (!fs.isNotFound(error)) throw error;
  }
  removeEmptyDirectories(root, parentOf(path));
}

/** Removes a directory of a cache and those above it, up to the cache's own, as long as they are empty. */
export function removeEmptyDirectories(root: string, path: string): void {
  for (
    let directory = path;
    directory.length > root.length && directory.startsWith(root);
    directory = parentOf(directory)
  ) {
    try {
      fs.remove(directory);
    } catch {
      // It is not empty, or another program was faster.
      return;
    }
  }
}

/**
 * Copies a file into another cache, to the same place, whole or not at all. A file that is there
 * is left as it is.
 */
export function copyCacheFile(
  path: string,
  { root, place }: { readonly root: string; readonly place: readonly string[] },
): void {
  const directory = joinPath(root, ...place.slice(0, -1));
  fs.ensureDirectory(directory);
  const file = joinPath(directory, place.at(-1)!);
  if (lstatIfExists(file) !== null) return;
  const temporary = joinPath(directory, `.${crypto.randomUUID()}.tmp`);
  fs.copy(path, temporary);
  fs.rename(temporary, file);
}

function parentOf(path: string): string {
  return path.slice(0, path.search(/[\\/][^\\/]*$/));
}
