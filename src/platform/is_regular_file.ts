import { fs } from "./deno/fs.ts";

/** Whether a path names a regular file, which can be read more than once. Follows symbolic links. */
export function isRegularFile(path: string): boolean {
  try {
    return fs.stat(path).isFile;
  } catch {
    return false;
  }
}
