import { walkSync as walkAll } from "npm:@nodelib/fs.walk@3.0.1";

/** An entry that {@linkcode walkSync} yields. */
export interface WalkEntry {
  /** The path, starting with the given root. */
  path: string;
  /** The last part of the path. */
  name: string;
  /** Whether it is a file. */
  isFile: boolean;
  /** Whether it is a directory. */
  isDirectory: boolean;
  /** Whether it is a symbolic link. */
  isSymlink: boolean;
}

/** The part of the options of `@std/fs` that this project uses. */
export interface WalkOptions {
  /** Whether to include directories. */
  includeDirs?: boolean;
}

/** Yields every entry below `root`. */
export function* walkSync(
  root: string,
  options: WalkOptions = {},
): IterableIterator<WalkEntry> {
  for (const { path, name, dirent } of walkAll(root)) {
    if (dirent.isDirectory() && options.includeDirs === false) continue;
    yield {
      path,
      name,
      isFile: dirent.isFile(),
      isDirectory: dirent.isDirectory(),
      isSymlink: dirent.isSymbolicLink(),
    };
  }
}
