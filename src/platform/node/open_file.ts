import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import type { OpenFile, OpenFileOptions } from "../deno/open_file.ts";

const FLAGS = { read: "r", change: "r+", new: "wx+" } as const;

export function openFile(path: string, { mode }: OpenFileOptions): OpenFile {
  const file = openSync(path, FLAGS[mode]);
  return {
    // Node has no locks, and what npm has is compiled for each system. So others look whether the process
    // still runs, and where they cannot, wait longer for a dead one.
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
    flush: () => fsyncSync(file),
    [Symbol.dispose]: () => closeSync(file),
  };
}
