import { isNotFound, readFileText } from "./deno/file_system.ts";
import { mayRead } from "./deno/may_read.ts";

/**
 * The text of a file; null where there is none, or the program may not read it. It never makes
 * Deno ask for the permission.
 */
export function readIfAllowed(path: string): string | null {
  if (!mayRead(path)) return null;
  try {
    return readFileText(path);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
