import { joinPath } from "./join_path.ts";

/**
 * Removes a file of a cache, and the directories above it that are empty then, up to the
 * cache's own.
 */
export function removeCacheFile(root: string, path: string): void {
  Deno.removeSync(path);
  for (
    let parent = parentOf(path);
    parent.length > root.length && parent.startsWith(root);
    parent = parentOf(parent)
  ) {
    try {
      Deno.removeSync(parent);
    } catch {
      // It is not empty, or another program was faster.
      return;
    }
  }
}

/**
 * Copies a file into another cache, to the same place, whole or not at all. A file that is there
 * is left as it is.
 */
export function copyCacheFile(
  path: string,
  { root, place }: { readonly root: string; readonly place: readonly string[] },
): void {
  const directory = joinPath(root, ...place.slice(0, -1));
  Deno.mkdirSync(directory, { recursive: true });
  const file = joinPath(directory, place.at(-1)!);
  if (isThere(file)) return;
  const temporary = joinPath(directory, `.${crypto.randomUUID()}.tmp`);
  Deno.copyFileSync(path, temporary);
  Deno.renameSync(temporary, file);
}

/** The names of the files in a directory. */
export function fileNames(directory: string): string[] {
  return [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile)
    .map(({ name }) => name);
}

/** What is at a path: its size, and when it was written, in Unix milliseconds. */
export function fileFacts(path: string): {
  readonly isFile: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
} {
  const { isFile, size, mtime } = Deno.lstatSync(path);
  return { isFile, sizeBytes: size, modifiedMs: mtime?.getTime() ?? 0 };
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.search(/[\\/][^\\/]*$/));
}
