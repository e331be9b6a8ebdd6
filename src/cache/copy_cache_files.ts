import { fs } from "../platform/deno/fs.ts";
import type { CachedFile } from "./entry_reader.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";

/**
 * Copies files of a prompt to the directory of the prompt in another cache, each atomically. Keeps
 * existing files. Copies, and no hard links: users edit a copy before they publish it, and editors and
 * the Python package write in place.
 *
 * @throws {Error} If a file does not exist any more.
 */
export function copyCacheFiles(
  files: Iterable<CachedFile>,
  to: string,
): void {
  fs.ensureDirectory(to);
  const existing = new Set(fs.readDirectory(to).map(({ name }) => name));
  const temporary = `${to}/.${crypto.randomUUID()}.tmp`;
  for (const { name, path } of files) {
    if (existing.has(name)) continue;
    try {
      fs.copy(path, temporary);
      fs.rename(temporary, `${to}/${name}`);
    } catch (error) {
      removeIfPossible(temporary);
      if (!fs.isNotFound(error)) throw error;
      throw new Error(`${path} was removed while it was copied`, {
        cause: error,
      });
    }
  }
}
