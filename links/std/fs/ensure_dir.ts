import { makeDirectorySync } from "npm:make-dir@5.1.0";

/** Makes a directory and its parents where they are missing. */
export function ensureDirSync(dir: string): void {
  makeDirectorySync(dir);
}
