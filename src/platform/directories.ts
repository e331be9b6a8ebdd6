import { fs } from "./deno/fs.ts";

/** The names of the directories in a directory, sorted; none where it does not exist. Links are left out: they may lead anywhere. */
export function directoriesIn(path: string): string[] {
  try {
    return fs.readDirectory(path).filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).sort();
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** When something was put into a directory, or taken out, in Unix milliseconds; null where there is no such directory. */
export function directoryModifiedMs(path: string): number | null {
  try {
    const { isDirectory, modifiedMs } = fs.lstat(path);
    return isDirectory ? modifiedMs : null;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return fs.isNotFound(error) || fs.isNotADirectory(error);
}
