import { cacheDirectoryError, cacheError } from "../cache_error.ts";
import { CacheError } from "../errors.ts";
import { absolutePath } from "../platform/absolute_path.ts";
import { fs } from "../platform/deno/fs.ts";
import type { DirectoryEntry } from "../platform/fs.ts";
import { joinPath } from "../platform/join_path.ts";
import { isRegularFile } from "../platform/is_regular_file.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";
import { PACK_FORMATS, packName, readPackName } from "./pack_name.ts";
import { PackReader } from "./pack_reader.ts";
import { readSampleFileName, sampleFileName } from "./sample_file_name.ts";

/** A file that is named like a sample, or a line of a pack that was such a file. */
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
  /** Whether it is a line of a pack. */
  readonly isPacked: boolean;
  /** The path of the file, or of the pack that contains it. */
  readonly path: string;
}

/** How often a directory is listed that other processes pack or unpack. */
const MAX_LISTINGS = 10;

/** The content of a prompt directory. */
export interface PromptListing {
  /** The sample files by name, in no particular order. */
  readonly files: ReadonlyMap<string, CachedFile>;
  /** The names of all other files, except packs. */
  readonly others: readonly string[];
}

/** An entry as it is stored. */
export interface StoredEntry {
  /** The path of its file, or of the pack that contains it. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Lists and reads the entries of a cache directory, which are files or lines of packs. A file hides a line
 * of the same name. Other processes can pack and unpack at any time: a pack contains the files before they
 * are removed, and the files exist before a pack is removed. Directories are lists of path segments below it.
 * Nothing is written.
 */
export class EntryReader {
  /** The absolute path of the cache directory. */
  readonly root: string;
  readonly #mustExist: boolean;
  readonly #packs = new PackReader();
  readonly #paths = new WeakMap<readonly string[], string>();

  /**
   * Creates a reader of a cache directory.
   *
   * @param mustExist Whether a missing cache directory is an error instead of an empty cache.
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
   * Returns the sorted names of the directories in a directory, without links, which may lead out of the
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
   * @param onError Called with the error of each pack that cannot be read. By default, it is thrown.
   * @throws {CacheError} If the directory or a pack cannot be read.
   */
  list(
    directory: readonly string[],
    onError: (error: CacheError) => void = rethrow,
  ): PromptListing {
    for (let attempt = 1;; attempt++) {
      const listing = this.#listOnce(directory, onError);
      if (listing !== null) return listing;
      if (attempt === MAX_LISTINGS) {
        const path = this.path(directory);
        throw new CacheError(`${path} keeps changing: try again`, path);
      }
    }
  }

  /** Lists a directory, or returns `null` if files may have been packed or unpacked meanwhile. */
  #listOnce(
    directory: readonly string[],
    onError: (error: CacheError) => void,
  ): PromptListing | null {
    const files = new Map<string, CachedFile>();
    const others: string[] = [];
    const packs: string[] = [];
    const parent = this.path(directory);
    const entries = this.#entries(directory);
    for (const { name, isFile, isSymlink } of entries) {
      const parts = readSampleFileName(name);
      if (parts === null) {
        const isPack = isFile && readPackName(name) !== null;
        (isPack ? packs : others).push(name);
      } else {
        // Windows accepts a slash too, and joining would add a tenth to the time of reading.
        const path = `${parent}/${name}`;
        const kind = { isFile, isLink: isSymlink, isPacked: false };
        files.set(name, { name, ...parts, ...kind, cacheDir: this.root, path });
      }
    }
    for (const pack of packs) {
      const path = `${parent}/${pack}`;
      try {
        const names = this.#packs.names(path);
        if (names === null) return null;
        for (const name of names) {
          const file = files.has(name) ? null : this.#packed(name, path);
          if (file !== null) files.set(name, file);
        }
      } catch (error) {
        if (!(error instanceof CacheError)) throw error;
        onError(error);
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
    if (facts === null) {
      const pack = this.#packOf(directory, name);
      return pack === null ? null : this.#packed(name, pack);
    }
    const { isFile, isDirectory } = facts;
    const kind = { isFile, isLink: !isFile && !isDirectory, isPacked: false };
    return { name, ...parts, ...kind, cacheDir: this.root, path };
  }

  /**
   * Whether there is an entry with a file name that can be read. Follows links.
   *
   * @param mayBePacked Whether to look for it in packs, too.
   * @throws {CacheError} If its pack cannot be read.
   */
  has(
    directory: readonly string[],
    name: string,
    mayBePacked: boolean,
  ): boolean {
    return isRegularFile(`${this.path(directory)}/${name}`) ||
      (mayBePacked && this.#packOf(directory, name) !== null);
  }

  /** Whether there is a pack that can contain a sample. */
  hasPack(directory: readonly string[], seed: number): boolean {
    return this.#packPaths(directory, sampleFileName(seed))
      .some((path) => lstatIfExists(path) !== null);
  }

  /**
   * Reads the entry with a file name, or returns `null` if there is none.
   *
   * @throws {CacheError} If it cannot be read.
   */
  read(directory: readonly string[], name: string): StoredEntry | null {
    const path = `${this.path(directory)}/${name}`;
    // A file that was unpacked after the first attempt exists at the second.
    return readFile(path) ?? this.#readPacked(directory, name) ??
      readFile(path);
  }

  /**
   * Reads a listed file. If it was packed, its pack usually is in memory.
   *
   * @throws {CacheError} If it cannot be read.
   */
  readListed(
    directory: readonly string[],
    { name, path, isPacked }: Pick<CachedFile, "name" | "path" | "isPacked">,
  ): StoredEntry | null {
    const bytes = isPacked ? this.#packs.readKnown(path, name) : null;
    return bytes === null ? this.read(directory, name) : { path, bytes };
  }

  #readPacked(directory: readonly string[], name: string): StoredEntry | null {
    for (const path of this.#packPaths(directory, name)) {
      const bytes = this.#packs.read(path, name);
      if (bytes !== null) return { path, bytes };
    }
    return null;
  }

  /** Returns the path of the pack that contains a file, or `null`. */
  #packOf(directory: readonly string[], name: string): string | null {
    return this.#packPaths(directory, name)
      .find((path) => this.#packs.names(path)?.has(name)) ?? null;
  }

  #packPaths(directory: readonly string[], name: string): string[] {
    const seed = readSampleFileName(name)?.seed;
    if (seed === undefined) return [];
    const parent = this.path(directory);
    return PACK_FORMATS.map((format) => `${parent}/${packName(seed, format)}`);
  }

  #packed(name: string, path: string): CachedFile | null {
    const parts = readSampleFileName(name);
    const kind = { isFile: true, isLink: false, isPacked: true };
    return parts === null
      ? null
      : { name, ...parts, ...kind, cacheDir: this.root, path };
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

function rethrow(error: CacheError): never {
  throw error;
}

function readFile(path: string): StoredEntry | null {
  try {
    return { path, bytes: fs.readBytes(path) };
  } catch (error) {
    if (fs.isNotFound(error)) return null;
    throw cacheError("cannot read", path, error);
  }
}
