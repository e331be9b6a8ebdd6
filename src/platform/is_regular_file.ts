import { factsOfTarget } from "./deno/file_system.ts";

/** Whether a path is that of a file which can be read more than once. */
export function isRegularFile(path: string): boolean {
  try {
    return factsOfTarget(path).isFile;
  } catch {
    return false;
  }
}
