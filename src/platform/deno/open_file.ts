/** How a file is opened. */
export interface OpenFileOptions {
  /** `read` one that is there; `change` it; or make a `new` one, which must not be there yet. */
  readonly mode: "read" | "change" | "new";
}

/** A file that is held open. */
export interface OpenFile extends Disposable {
  /**
   * Locks it for this process alone, until it is closed: whether that could be done; null where
   * the file system, or the runtime, knows no locks.
   */
  tryLock(): boolean | null;
  /** When it was written, in Unix milliseconds; null where the file system does not tell. */
  modifiedMs(): number | null;
  /** Its first bytes as text, so many at most. */
  readStart(bytes: number): string;
  /** Writes over its first bytes. */
  writeStart(bytes: Uint8Array): void;
  /** Forces what was written to it, or the names in it where it is a directory, onto the disk. */
  flush(): void;
}

/** Opens a file; it is closed when it is disposed of. */
export function openFile(path: string, { mode }: OpenFileOptions): OpenFile {
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
    flush: () => file.syncSync(),
    [Symbol.dispose]: () => file.close(),
  };
}
