import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { DirectoryEntry, FileFacts } from "../deno/file_system.ts";
import { hasCode } from "./has_code.ts";

export function isNotFound(error: unknown): boolean {
  return hasCode(error, "ENOENT");
}

export function isAlreadyThere(error: unknown): boolean {
  return hasCode(error, "EEXIST");
}

export function isNoDirectory(error: unknown): boolean {
  return hasCode(error, "ENOTDIR");
}

export function factsOfTarget(path: string): FileFacts {
  return factsOf(statSync(path));
}

export function factsOfEntry(path: string): FileFacts {
  return factsOf(lstatSync(path));
}

export function realPath(path: string): string {
  return realpathSync(path);
}

export function directoryEntries(path: string): DirectoryEntry[] {
  return readdirSync(path, { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    isFile: entry.isFile(),
    isDirectory: entry.isDirectory(),
    isSymlink: entry.isSymbolicLink(),
  }));
}

export function readFileText(path: string): string {
  return readFileSync(path, "utf8");
}

export function readFileBytes(path: string): Uint8Array<ArrayBuffer> {
  return readFileSync(path);
}

export function writeNewFile(path: string, text: string): void {
  writeFileSync(path, text, { flag: "wx" });
}

export function copyFile(from: string, to: string): void {
  copyFileSync(from, to);
}

export function renameFile(from: string, to: string): void {
  renameSync(from, to);
}

export function linkFile(path: string, name: string): void {
  linkSync(path, name);
}

export function removeEntry(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    // Linux says EISDIR of a directory, and others EPERM, which may have another reason.
    const mayBeDirectory = hasCode(error, "EISDIR") || hasCode(error, "EPERM");
    if (!mayBeDirectory || !lstatSync(path).isDirectory()) throw error;
    rmdirSync(path);
  }
}

export function makeDirectory(path: string): void {
  // With `recursive` Node tries for ever where a parent that is there says that it is not.
  try {
    makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if (!isNotFound(error) || parent === path) throw error;
    makeDirectory(parent);
    makeOne(path);
  }
}

/** Makes a directory whose parent is there, where it is not there itself. */
function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isAlreadyThere(error) || !statSync(path).isDirectory()) throw error;
  }
}

function factsOf(stats: Stats): FileFacts {
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    sizeBytes: stats.size,
    modifiedMs: stats.mtime.getTime(),
  };
}
