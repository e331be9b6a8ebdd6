import { factsOfEntry } from "./deno/file_system.ts";

/** Whether anything has this path, a link that leads nowhere included. */
export function isThere(path: string): boolean {
  try {
    factsOfEntry(path);
    return true;
  } catch {
    return false;
  }
}
