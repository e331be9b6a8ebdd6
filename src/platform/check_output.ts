import { fs } from "./deno/fs.ts";

/**
 * Checks that a file can be written to a path, before any money is spent on its content.
 *
 * @throws {Error} If the path is a directory, or its directory does not exist.
 */
export function checkOutput(path: string): void {
  let isDirectory = false;
  try {
    isDirectory = fs.stat(path).isDirectory;
  } catch {
    // Nothing has the path, or opening it will report what is wrong.
  }
  if (isDirectory) throw new Error(`cannot write ${path}: it is a directory`);
  const directory = /^(.*)[\\/]/s.exec(path)?.[1];
  if (directory && !directoryExists(directory)) {
    throw new Error(
      `cannot write ${path}: the directory ${directory} does not exist`,
    );
  }
}

function directoryExists(path: string): boolean {
  try {
    fs.stat(path);
  } catch (error) {
    return !fs.isNotFound(error);
  }
  return true;
}
