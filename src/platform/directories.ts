import { fs } from "./deno/fs.ts";
import { lstatIfExists } from "./lstat_if_exists.ts";

/**
 * Lists the names of the directories in a directory, sorted; empty if it does not exist. Leaves out
 * symbolic links, which may lead anywhere.
 */
export function directoriesIn(path: string): string[] {
  try {
    return fs.readDirectory(path).filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).sort();
  } catch (error) {
    if (fs.isNotFound(error) || fs.isNotADirectory(error)) return [];
    throw error;
  }
}

/** When an entry was last added or removed, in Unix milliseconds; `null` if it is not a directory. */
export function directoryModifiedMs(path: string): number | null {
  const info = lstatIfExists(path);
  return info?.isDirectory ? info.modifiedMs : null;
}
