import { isAbsolute as isAbsolutePosix } from "@std/path/posix/is-absolute";
import { isAbsolute as isAbsoluteWindows } from "@std/path/windows/is-absolute";
import { system } from "./deno/system.ts";
import { joinPath } from "./join_path.ts";

/** The path from the root on; for `@std/path/resolve` see {@linkcode joinPath}. */
export function absolutePath(path: string): string {
  const isAbsolute = system.isWindows() ? isAbsoluteWindows : isAbsolutePosix;
  if (isAbsolute(path)) return joinPath(path);
  try {
    return joinPath(system.cwd(), path);
  } catch {
    // A program may be allowed to read the path and not where it stands, or stand nowhere any more.
    return path;
  }
}
