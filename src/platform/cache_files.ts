import {
  copyFile,
  factsOfEntry,
  type FileFacts,
  isNotFound,
  makeDirectory,
  removeEntry,
  renameFile,
} from "./deno/file_system.ts";
import { isThere } from "./is_there.ts";
import { joinPath } from "./join_path.ts";

/**
 * Removes a file of a cache, and the directories above it that are empty then, up to the
 * cache's own.
 */
export function removeCacheFile(root: string, path: string): void {
  try {
    removeEntry(path);
  } catch (error) {
    // Another program was faster.
    if (!isNotFound(error)) throw error;
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
      removeEntry(directory);
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
  makeDirectory(directory);
  const file = joinPath(directory, place.at(-1)!);
  if (isThere(file)) return;
  const temporary = joinPath(directory, `.${crypto.randomUUID()}.tmp`);
  copyFile(path, temporary);
  renameFile(temporary, file);
}

/** What is at a path, which may be a link; null where nothing is. */
export function fileFacts(path: string): FileFacts | null {
  try {
    return factsOfEntry(path);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.search(/[\\/][^\\/]*$/));
}
