import {
  isAlreadyThere,
  linkFile,
  removeEntry,
  renameFile,
} from "./deno/file_system.ts";
import { isThere } from "./is_there.ts";

/** Gives a finished file its name, in place of one that has it. */
export function placeFile(from: string, to: string): true {
  renameFile(from, to);
  return true;
}

/** Gives a finished file its name where that is free; else the file is gone, and false returned. */
export function placeNewFile(from: string, to: string): boolean {
  try {
    // A rename would replace what has the name.
    linkFile(from, to);
  } catch (error) {
    if (isAlreadyThere(error) || isThere(to)) {
      removeEntry(from);
      return false;
    }
    // Some file systems know no links: then another program may come in between.
    renameFile(from, to);
    return true;
  }
  removeEntry(from);
  return true;
}

/** Removes a file that was never finished; nothing where there is none. */
export function dropFile(path: string): void {
  try {
    removeEntry(path);
  } catch {
    // It was never made, or stays behind.
  }
}
