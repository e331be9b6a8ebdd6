import { fs } from "./deno/fs.ts";
import { lstatIfExists } from "./lstat_if_exists.ts";

/** Renames a file unless the new name exists. Then it removes the file and returns `false`. */
export function renameNoReplace(from: string, to: string): boolean {
  try {
    // Unlike a rename, a link never replaces a file.
    fs.link(from, to);
  } catch (error) {
    if (!fs.isAlreadyExists(error) && lstatIfExists(to) === null) {
      // Some file systems have no links. There, another process may create the file at this moment.
      fs.rename(from, to);
      return true;
    }
    fs.remove(from);
    return false;
  }
  fs.remove(from);
  return true;
}
