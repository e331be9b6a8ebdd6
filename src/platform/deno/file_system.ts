import { ensureDirSync } from "@std/fs/ensure-dir";

/** What is at a path. */
export interface FileFacts {
  /** Whether it is a file, and no directory, link or pipe. */
  readonly isFile: boolean;
  /** Whether it is a directory. */
  readonly isDirectory: boolean;
  /** Its size. */
  readonly sizeBytes: number;
  /** When it was written, in Unix milliseconds; 0 where the file system does not tell. */
  readonly modifiedMs: number;
}

/** What is in a directory. */
export interface DirectoryEntry {
  /** Its name, without the directory's. */
  readonly name: string;
  /** Whether it is a file, and no directory, link or pipe. */
  readonly isFile: boolean;
  /** Whether it is a directory. */
  readonly isDirectory: boolean;
  /** Whether it is a symbolic link. */
  readonly isSymlink: boolean;
}

/** Whether a call failed because nothing has the path. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound;
}

/** Whether a call failed because something has the path already. */
export function isAlreadyThere(error: unknown): boolean {
  return error instanceof Deno.errors.AlreadyExists;
}

/** Whether a call failed because what should be a directory is none. */
export function isNoDirectory(error: unknown): boolean {
  return error instanceof Deno.errors.NotADirectory;
}

/** What is at a path; a link is followed. */
export function factsOfTarget(path: string): FileFacts {
  return factsOf(Deno.statSync(path));
}

/** What is at a path, which may be a link. */
export function factsOfEntry(path: string): FileFacts {
  return factsOf(Deno.lstatSync(path));
}

/** The path without links in it. */
export function realPath(path: string): string {
  return Deno.realPathSync(path);
}

/** What is in a directory, in no order. */
export function directoryEntries(path: string): DirectoryEntry[] {
  return [...Deno.readDirSync(path)];
}

/** The text of a file; what is no UTF-8 in it reads as U+FFFD. */
export function readFileText(path: string): string {
  return Deno.readTextFileSync(path);
}

/** The bytes of a file. */
export function readFileBytes(path: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(path);
}

/** Writes a file that must not be there yet. */
export function writeNewFile(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { createNew: true });
}

/** Copies a file, over one that may be there. */
export function copyFile(from: string, to: string): void {
  Deno.copyFileSync(from, to);
}

/** Gives a file another name, in place of one that may have it. */
export function renameFile(from: string, to: string): void {
  Deno.renameSync(from, to);
}

/** Gives a file one more name, which must be free. */
export function linkFile(path: string, name: string): void {
  Deno.linkSync(path, name);
}

/** Removes a file, or a directory that is empty. */
export function removeEntry(path: string): void {
  Deno.removeSync(path);
}

/** Makes a directory and its parents, where they are missing. */
export function makeDirectory(path: string): void {
  ensureDirSync(path);
}

function factsOf(
  { isFile, isDirectory, size, mtime }: Deno.FileInfo,
): FileFacts {
  return {
    isFile,
    isDirectory,
    sizeBytes: size,
    modifiedMs: mtime?.getTime() ?? 0,
  };
}
