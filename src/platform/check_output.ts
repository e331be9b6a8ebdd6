import { fs } from "./deno/fs.ts";

/**
 * Checks that a finished file can have this name, before any money is spent on its content.
 *
 * @throws {Error} If the path is a directory.
 */
export function checkOutput(path: string): void {
  let isDirectory = false;
  try {
    isDirectory = fs.stat(path).isDirectory;
  } catch {
    // Nothing has the path, or opening it will report what is wrong.
  }
  if (isDirectory) throw new Error(`${path} is a directory`);
}
