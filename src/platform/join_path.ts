import { join as joinPosix } from "@std/path/posix/join";
import { join as joinWindows } from "@std/path/windows/join";
import { system } from "./deno/system.ts";

/**
 * Joins path segments with the system's separator. `@std/path/join` is slow to load: it reads
 * `globalThis.process`, which makes Deno load its emulation of Node in 17 ms.
 */
export function joinPath(path: string, ...paths: readonly string[]): string {
  const join = system.isWindows() ? joinWindows : joinPosix;
  return join(path, ...paths);
}
