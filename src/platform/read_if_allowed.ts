import { fs } from "./deno/fs.ts";

/**
 * The text of a file; null where there is none, or the program may not read it. It never makes
 * Deno ask for the permission.
 */
export function readIfAllowed(path: string): string | null {
  if (!fs.canRead(path)) return null;
  try {
    return fs.readText(path);
  } catch (error) {
    if (fs.isNotFound(error)) return null;
    throw error;
  }
}
