/** The file system. Implemented by `deno/fs.ts` and `node/fs.ts`; calls without a promise are synchronous. */
export interface FileSystem {
  /** Whether a call failed because nothing has the path. */
  isNotFound(error: unknown): boolean;
  /** Whether a call failed because something already has the path. */
  isAlreadyExists(error: unknown): boolean;
  /** Whether a call failed because a part of the path is not a directory. */
  isNotADirectory(error: unknown): boolean;

  /** Whether the process may read a path. Never makes Deno prompt for the permission. */
  canRead(path: string): boolean;
  /** Whether the process may write a path. Never makes Deno prompt for the permission. */
  canWrite(path: string): boolean;

  /** Describes what a path names. Follows a symbolic link. */
  stat(path: string): FileInfo;
  /** Describes what a path names. Does not follow a symbolic link. */
  lstat(path: string): FileInfo;
  /** Returns the path with all symbolic links resolved. */
  realPath(path: string): string;

  /** Lists a directory, in no particular order. */
  readDirectory(path: string): DirectoryEntry[];
  /** Creates a directory and its missing parents. */
  ensureDirectory(path: string): void;

  /** Reads a file as text. Bytes that are not UTF-8 become U+FFFD. */
  readText(path: string): string;
  /** Reads a file. */
  readBytes(path: string): Uint8Array<ArrayBuffer>;
  /** Creates a file with this content. Fails if the path exists. */
  writeNew(path: string, content: string | Uint8Array): void;
  /** Copies a file and replaces the target if it exists. */
  copy(from: string, to: string): void;
  /** Renames a file and replaces the target if it exists. */
  rename(from: string, to: string): void;
  /** Creates a hard link. Fails if `to` exists. */
  link(from: string, to: string): void;
  /** Removes a file or an empty directory. */
  remove(path: string): void;

  /** Opens a file. Dispose of it to close it. */
  open(path: string, options: OpenOptions): OpenFile;
  /** Opens a file to read it as a stream. */
  openReadable(path: string): Promise<ByteStream>;
  /** Creates a file to write it as a stream. Fails if the path exists. */
  createWritable(path: string): Promise<WritableStream<Uint8Array>>;
}

/** Facts about a file or directory. */
export interface FileInfo {
  /** Whether it is a regular file: not a directory, symbolic link or pipe. */
  readonly isFile: boolean;
  /** Whether it is a directory. */
  readonly isDirectory: boolean;
  /** The size in bytes. */
  readonly sizeBytes: number;
  /** When it was last modified, in Unix milliseconds; 0 if the file system does not report it. */
  readonly modifiedMs: number;
}

/** An entry of a directory. */
export interface DirectoryEntry {
  /** The name, without the path of the directory. */
  readonly name: string;
  /** Whether it is a regular file: not a directory, symbolic link or pipe. */
  readonly isFile: boolean;
  /** Whether it is a directory. */
  readonly isDirectory: boolean;
  /** Whether it is a symbolic link. */
  readonly isSymlink: boolean;
}

/** Options of {@linkcode FileSystem.open}. */
export interface OpenOptions {
  /** `read` opens an existing file, `change` also allows to write it, `new` creates it and fails if it exists. */
  readonly mode: "read" | "change" | "new";
}

/** An open file. */
export interface OpenFile extends Disposable {
  /**
   * Locks the file for this process until it is closed. Returns whether that succeeded, or `null`
   * if the runtime or the file system has no locks.
   */
  tryLock(): boolean | null;
  /** When it was last modified, in Unix milliseconds; `null` if the file system does not report it. */
  modifiedMs(): number | null;
  /** Reads at most this many bytes from the start, as text. */
  readStart(bytes: number): string;
  /** Overwrites the start of the file. */
  writeStart(bytes: Uint8Array): void;
  /** Flushes the file's content, or a directory's names, to the disk. */
  sync(): void;
}

/** A stream of bytes that can be read. */
export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;
