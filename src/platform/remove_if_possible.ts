import { fs } from "./deno/fs.ts";

/** Removes a temporary file. Does nothing if it does not exist or cannot be removed. */
export function removeIfPossible(path: string): void {
  try {
    fs.remove(path);
  } catch {
    // It was never created, or is left behind.
  }
}
