import { readdirSync } from "node:fs";
import { join } from "node:path";

interface WalkedEntry {
  readonly path: string;
  readonly name: string;
  readonly isDirectory: boolean;
  readonly isFile: boolean;
  readonly isSymlink: boolean;
}

/** Implements the part of `@std/fs/walk` that the tests use. The replacement in `links/` imports CommonJS. */
export function* walkSync(
  root: string,
  { includeDirs = true }: { readonly includeDirs?: boolean } = {},
): Generator<WalkedEntry> {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const { name } = entry;
    const path = join(root, name);
    const isDirectory = entry.isDirectory();
    if (includeDirs || !isDirectory) {
      yield {
        path,
        name,
        isDirectory,
        isFile: entry.isFile(),
        isSymlink: entry.isSymbolicLink(),
      };
    }
    if (isDirectory) yield* walkSync(path, { includeDirs });
  }
}
