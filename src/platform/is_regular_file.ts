import { fs } from "./deno/fs.ts";

/** Whether a path is that of a file which can be read more than once. */
export function isRegularFile(path: string): boolean {
  try {
    return fs.stat(path).isFile;
  } catch {
    return false;
  }
}
