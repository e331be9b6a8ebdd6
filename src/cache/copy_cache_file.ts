import { fs } from "../platform/deno/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";

/** Copies a file to the same place in another cache, atomically. Keeps an existing file. */
export function copyCacheFile(
  path: string,
  { root, place }: { readonly root: string; readonly place: readonly string[] },
): void {
  const directory = joinPath(root, ...place.slice(0, -1));
  fs.ensureDirectory(directory);
  const file = joinPath(directory, place.at(-1)!);
  if (lstatIfExists(file) !== null) return;
  const temporary = joinPath(directory, `.${crypto.randomUUID()}.tmp`);
  fs.copy(path, temporary);
  fs.rename(temporary, file);
}
