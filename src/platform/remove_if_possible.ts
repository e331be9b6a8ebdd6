import { fs } from "./deno/fs.ts";

/** Removes a file, such as a temporary one. Does nothing if it does not exist or cannot be removed. */
export function removeIfPossible(path: string): void {
  try {
    fs.remove(path);
  } catch {
    // It does not exist, or cannot be removed.
  }
}
