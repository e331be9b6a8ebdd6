import { isAbsolute as isAbsolutePosix } from "@std/path/posix/is-absolute";
import { isAbsolute as isAbsoluteWindows } from "@std/path/windows/is-absolute";
import { system } from "./deno/system.ts";
import { joinPath } from "./join_path.ts";

/** Returns a path as an absolute path. `@std/path/resolve` is slow to load, as {@linkcode joinPath} explains. */
export function absolutePath(path: string): string {
  const isAbsolute = system.isWindows() ? isAbsoluteWindows : isAbsolutePosix;
  if (isAbsolute(path)) return joinPath(path);
  try {
    return joinPath(system.cwd(), path);
  } catch {
    // The process may have permission for the path only, or its working directory was removed.
    return path;
  }
}
