import { realPath } from "./deno/file_system.ts";

/** Whether two paths name one file; false where either does not exist. */
export function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return realPath(one) === realPath(other);
  } catch {
    return false;
  }
}
