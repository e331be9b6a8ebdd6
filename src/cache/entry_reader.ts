import { cacheDirectoryError, cacheError } from "../cache_error.ts";
import type { CacheError } from "../errors.ts";
import { absolutePath } from "../platform/absolute_path.ts";
import { fs } from "../platform/deno/fs.ts";
import type { DirectoryEntry } from "../platform/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";
import { readSampleFileName } from "./sample_file_name.ts";

/** A file that is named like a sample. */
export interface CachedFile {
  /** The file name. */
  readonly name: string;
  /** The seed in the file name. */
  readonly seed: number;
  /** The digest of its request if another request has the file without a digest, else `null`. */
  readonly digest: string | null;
  /** Whether it is a regular file. Directories and pipes are not read. */
  readonly isFile: boolean;
  /** Whether it is a symbolic link. The client follows it; a `CacheReader` does not. */
  readonly isLink: boolean;
  /** The cache directory that contains it. */
  readonly cacheDir: string;
  /** The path of the file. */
  readonly path: string;
}

/** The content of a prompt directory. */
export interface PromptListing {
  /** The sample files by name, in no particular order. */
  readonly files: ReadonlyMap<string, CachedFile>;
  /** The names of all other files. */
  readonly others: readonly string[];
}

/** An entry as it is stored. */
export interface StoredEntry {
  /** The path of its file. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Lists and reads the entries of a cache directory. Directories are lists of path segments below it.
 * Nothing is written.
 */
export class EntryReader {
  /** The absolute path of the cache directory. */
  readonly root: string;
  readonly #mustExist: boolean;
  readonly #paths = new WeakMap<readonly string[], string>();

  /**
   * Creates a reader of a cache directory.
   *
   * @param mustExist Whether a missing cache directory is an error, and not empty.
   */
  constructor(
    cacheDir: string,
    { mustExist }: { readonly mustExist: boolean },
  ) {
    this.root = absolutePath(cacheDir);
    this.#mustExist = mustExist;
  }

  /** Creates readers of the directories of the option `cacheDir`. All but the first must exist. */
  static layers(cacheDir: string | readonly string[]): EntryReader[] {
    return [cacheDir].flat()
      .map((path, index) => new EntryReader(path, { mustExist: index > 0 }));
  }

  /** Returns the path of a directory. */
  path(directory: readonly string[]): string {
    const known = this.#paths.get(directory);
    if (known !== undefined) return known;
    const path = joinPath(this.root, ...directory);
    this.#paths.set(directory, path);
    return path;
  }

  /**
   * Returns the names of the directories in a directory, sorted; no links, which may lead out of the
   * cache. Returns none if it does not exist.
   *
   * @throws {CacheError} If the directory cannot be read.
   */
  subdirectories(directory: readonly string[]): string[] {
    return this.#entries(directory)
      .filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).sort();
  }

  /**
   * Lists a prompt directory. A missing directory has no files.
   *
   * @throws {CacheError} If the directory cannot be read.
   */
  list(directory: readonly string[]): PromptListing {
    const files = new Map<string, CachedFile>();
    const others: string[] = [];
    const parent = this.path(directory);
    for (const { name, isFile, isSymlink } of this.#entries(directory)) {
      const parts = readSampleFileName(name);
      if (parts === null) others.push(name);
      else {
        // Windows accepts a slash too, and joining would add a tenth to the time of reading.
        const path = `${parent}/${name}`;
        const kind = { isFile, isLink: isSymlink };
        files.set(name, { name, ...parts, ...kind, cacheDir: this.root, path });
      }
    }
    return { files, others };
  }

  /** Returns the file with a name, or `null` if it does not exist or is not named like a sample. */
  file(directory: readonly string[], name: string): CachedFile | null {
    const parts = readSampleFileName(name);
    if (parts === null) return null;
    const path = `${this.path(directory)}/${name}`;
    const facts = lstatIfExists(path);
    if (facts === null) return null;
    const { isFile, isDirectory } = facts;
    const kind = { isFile, isLink: !isFile && !isDirectory };
    return { name, ...parts, ...kind, cacheDir: this.root, path };
  }

  /** Whether there is an entry with a file name that can be read. Follows links. */
  has(directory: readonly string[], name: string): boolean {
    try {
      return fs.stat(`${this.path(directory)}/${name}`).isFile;
    } catch {
      return false;
    }
  }

  /**
   * Reads the entry with a file name, or returns `null` if there is none.
   *
   * @throws {CacheError} If it cannot be read.
   */
  read(directory: readonly string[], name: string): StoredEntry | null {
    const path = `${this.path(directory)}/${name}`;
    try {
      return { path, bytes: fs.readBytes(path) };
    } catch (error) {
      if (fs.isNotFound(error)) return null;
      throw cacheError("cannot read", path, error);
    }
  }

  #entries(directory: readonly string[]): DirectoryEntry[] {
    const path = this.path(directory);
    try {
      return fs.readDirectory(path);
    } catch (error) {
      const isMissing = fs.isNotFound(error);
      if (isMissing && !this.#mustExist) return [];
      const rootError = this.#rootError();
      if (isMissing && rootError === null) return [];
      throw rootError ?? cacheError("cannot list", path, error);
    }
  }

  /** Returns the error if the cache directory itself cannot be read: the long path below is of no use then. */
  #rootError(): CacheError | null {
    try {
      fs.readDirectory(this.root);
      return null;
    } catch (error) {
      if (isOutOfFiles(error)) return null;
      if (fs.isNotFound(error) && !this.#mustExist) return null;
      return cacheDirectoryError("read", this.root, error);
    }
  }
}
