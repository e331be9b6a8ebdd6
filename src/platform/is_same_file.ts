import { fs } from "./deno/fs.ts";

/** Whether two paths name the same file; `false` if either does not exist. */
export function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return fs.realPath(one) === fs.realPath(other);
  } catch {
    return false;
  }
}
