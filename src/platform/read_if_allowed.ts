import { fs } from "./deno/fs.ts";

/**
 * Reads a file as text; `null` if it does not exist or the process may not read it. Never makes Deno
 * prompt for the permission.
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
