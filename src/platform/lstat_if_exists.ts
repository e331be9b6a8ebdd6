import { fs } from "./deno/fs.ts";
import type { FileInfo } from "./fs.ts";

/** Describes what a path names, without following a symbolic link; `null` if nothing has the path. */
export function lstatIfExists(path: string): FileInfo | null {
  try {
    return fs.lstat(path);
  } catch (error) {
    if (fs.isNotFound(error) || fs.isNotADirectory(error)) return null;
    throw error;
  }
}
