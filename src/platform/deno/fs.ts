import { ensureDirSync } from "@std/fs/ensure-dir";
import type { FileInfo, FileSystem } from "../fs.ts";
import { isGranted } from "./is_granted.ts";

/** The file system, as Deno gives access to it. */
export const fs = {
  isNotFound: (error) => error instanceof Deno.errors.NotFound,
  isAlreadyExists: (error) => error instanceof Deno.errors.AlreadyExists,
  isNotADirectory: (error) => error instanceof Deno.errors.NotADirectory,

  canRead: (path) => isGranted({ name: "read", path }),
  canWrite: (path) => isGranted({ name: "write", path }),

  stat: (path) => toFileInfo(Deno.statSync(path)),
  lstat: (path) => toFileInfo(Deno.lstatSync(path)),
  realPath: (path) => Deno.realPathSync(path),

  readDirectory: (path) => [...Deno.readDirSync(path)],
  ensureDirectory: (path) => ensureDirSync(path),

  readText: (path) => Deno.readTextFileSync(path),
  readBytes: (path) => Deno.readFileSync(path),
  writeNew: (path, content) =>
    typeof content === "string"
      ? Deno.writeTextFileSync(path, content, { createNew: true })
      : Deno.writeFileSync(path, content, { createNew: true }),
  copy: (from, to) => Deno.copyFileSync(from, to),
  rename: (from, to) => Deno.renameSync(from, to),
  link: (from, to) => Deno.linkSync(from, to),
  remove: (path) => Deno.removeSync(path),

  open: (path, { mode }) => {
    const file = Deno.openSync(path, {
      read: true,
      write: mode !== "read",
      createNew: mode === "new",
    });
    return {
      tryLock: () => {
        try {
          return file.tryLockSync(true);
        } catch {
          return null;
        }
      },
      modifiedMs: () => file.statSync().mtime?.getTime() ?? null,
      readStart: (bytes) => {
        const buffer = new Uint8Array(bytes);
        file.seekSync(0, Deno.SeekMode.Start);
        const length = file.readSync(buffer) ?? 0;
        return new TextDecoder().decode(buffer.subarray(0, length));
      },
      writeStart: (bytes) => {
        file.seekSync(0, Deno.SeekMode.Start);
        file.writeSync(bytes);
      },
      sync: () => file.syncSync(),
      [Symbol.dispose]: () => file.close(),
    };
  },
  openReadable: async (path) => (await Deno.open(path)).readable,
  createWritable: async (path) =>
    (await Deno.open(path, { write: true, createNew: true })).writable,
} satisfies FileSystem;

function toFileInfo(
  { isFile, isDirectory, size, mtime }: Deno.FileInfo,
): FileInfo {
  return {
    isFile,
    isDirectory,
    sizeBytes: size,
    modifiedMs: mtime?.getTime() ?? 0,
  };
}
