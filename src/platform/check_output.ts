import { fs } from "./deno/fs.ts";

/**
 * Makes sure that a finished file can have its name, before anything is paid for what goes into it.
 *
 * @throws {Error} Where a directory has the name.
 */
export function checkOutput(path: string): void {
  let isDirectory = false;
  try {
    isDirectory = fs.stat(path).isDirectory;
  } catch {
    // Nothing is there yet; what else is wrong shows when it is opened.
  }
  if (isDirectory) throw new Error(`${path} is a directory`);
}
