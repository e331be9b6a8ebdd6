import { fs } from "../platform/deno/fs.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";

/**
 * Copies files of a prompt directory to the same directory of another cache, each atomically. Keeps
 * existing files. Copies, and no hard links: users edit a copy before they publish it, and editors and
 * the Python package write in place.
 *
 * @throws {Error} If a file does not exist any more.
 */
export function copyCacheFiles(
  names: Iterable<string>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  fs.ensureDirectory(to);
  const existing = new Set(fs.readDirectory(to).map(({ name }) => name));
  const temporary = `${to}/.${crypto.randomUUID()}.tmp`;
  for (const name of names) {
    if (existing.has(name)) continue;
    try {
      fs.copy(`${from}/${name}`, temporary);
      fs.rename(temporary, `${to}/${name}`);
    } catch (error) {
      removeIfPossible(temporary);
      if (!fs.isNotFound(error)) throw error;
      throw new Error(`${from}/${name} was removed while it was copied`, {
        cause: error,
      });
    }
  }
}
