import { fs } from "../platform/deno/fs.ts";

/** Removes a file of a cache, and its parent directories in the cache that are then empty. */
export function removeCacheFile(root: string, path: string): void {
  try {
    fs.remove(path);
  } catch (error) {
    // Another process may have removed it.
    if (!fs.isNotFound(error)) throw error;
  }
  removeEmptyDirectories(root, parentOf(path));
}

/** Removes a directory of a cache and its parent directories in the cache, as long as they are empty. */
export function removeEmptyDirectories(root: string, path: string): void {
  for (
    let directory = path;
    directory.length > root.length && directory.startsWith(root);
    directory = parentOf(directory)
  ) {
    try {
      fs.remove(directory);
    } catch {
      // It is not empty, or another process has removed it.
      return;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.search(/[\\/][^\\/]*$/));
}
