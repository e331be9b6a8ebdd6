import {
  closeSync,
  copyFileSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { Writable } from "node:stream";
import type { FileInfo, FileSystem } from "../fs.ts";
import { hasCode } from "./has_code.ts";
import { webStream } from "./web_stream.ts";

const FLAGS = { read: "r", change: "r+", new: "wx+" } as const;

/** The file system, as Node gives access to it. */
export const fs = {
  isNotFound: (error) => hasCode(error, "ENOENT"),
  isAlreadyExists: (error) => hasCode(error, "EEXIST"),
  isNotADirectory: (error) => hasCode(error, "ENOTDIR"),

  // `process.permission` exists only under Node's own permission model, `node --permission`.
  canRead: (path) => process.permission?.has("fs.read", path) ?? true,
  canWrite: (path) => process.permission?.has("fs.write", path) ?? true,

  stat: (path) => toFileInfo(statSync(path)),
  lstat: (path) => toFileInfo(lstatSync(path)),
  realPath: (path) => realpathSync(path),

  readDirectory: (path) =>
    readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFile: entry.isFile(),
      isDirectory: entry.isDirectory(),
      isSymlink: entry.isSymbolicLink(),
    })),
  ensureDirectory,

  readText: (path) => readFileSync(path, "utf8"),
  readBytes: (path) => readFileSync(path),
  writeNew: (path, content) => writeFileSync(path, content, { flag: "wx" }),
  copy: (from, to) => copyFileSync(from, to),
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  remove: (path) => {
    try {
      unlinkSync(path);
    } catch (error) {
      // For a directory, Linux reports EISDIR and other systems EPERM, which can have other causes.
      const mayBeDirectory = hasCode(error, "EISDIR") ||
        hasCode(error, "EPERM");
      if (!mayBeDirectory || !lstatSync(path).isDirectory()) throw error;
      rmdirSync(path);
    }
  },

  open: (path, { mode }) => {
    const file = openSync(path, FLAGS[mode]);
    return {
      // Node has no file locks, and npm packages that have them need a build for each system. Other
      // processes check instead whether this one still runs, or wait longer if they cannot.
      tryLock: () => null,
      modifiedMs: () => fstatSync(file).mtime.getTime(),
      readStart: (bytes) => {
        const buffer = new Uint8Array(bytes);
        const length = readSync(file, buffer, 0, bytes, 0);
        return new TextDecoder().decode(buffer.subarray(0, length));
      },
      writeStart: (bytes) => {
        writeSync(file, bytes, 0, bytes.length, 0);
      },
      sync: () => fsyncSync(file),
      [Symbol.dispose]: () => closeSync(file),
    };
  },
  openReadable: async (path) =>
    webStream((await open(path)).createReadStream()),
  createWritable: async (path) =>
    Writable.toWeb((await open(path, "wx")).createWriteStream()),
} satisfies FileSystem;

/** With `recursive`, `mkdirSync()` never returns if an existing parent reports ENOENT. */
function ensureDirectory(path: string): void {
  try {
    ensureLast(path);
  } catch (error) {
    const parent = dirname(path);
    if (!hasCode(error, "ENOENT") || parent === path) throw error;
    ensureDirectory(parent);
    ensureLast(path);
  }
}

/** Creates a directory whose parent exists, unless it exists itself. */
function ensureLast(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!hasCode(error, "EEXIST") || !statSync(path).isDirectory()) throw error;
  }
}

function toFileInfo(stats: Stats): FileInfo {
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    sizeBytes: stats.size,
    modifiedMs: stats.mtime.getTime(),
  };
}
