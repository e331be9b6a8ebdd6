import { absolutePath } from "../platform/absolute_path.ts";
import { fs } from "../platform/deno/fs.ts";
import { system } from "../platform/deno/system.ts";
import type { DirectoryEntry } from "../platform/fs.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { renameNoReplace } from "../platform/rename_no_replace.ts";
import { joinPath } from "../platform/join_path.ts";
import { cacheError } from "../cache_error.ts";
import { readSampleFileName } from "./sample_file_name.ts";

/**
 * The cache directory on disk: one file a sample, written under another name and
 * renamed, so that a file is whole or not there. Calls are synchronous: for
 * small files that is faster, and an answer is on disk before anything else happens.
 *
 * Directories are given as the segments below the root.
 */
export class AtomicFileStore {
  readonly #root: string;
  readonly #durable: boolean;
  readonly #paths = new WeakMap<readonly string[], string>();
  readonly #made = new Set<string>();
  readonly #temporaryName = crypto.randomUUID().slice(0, 8);
  #writes = 0;

  /**
   * Makes a store for a cache directory, which need not exist yet, and stays the same when the
   * program goes to another directory. A durable one forces each file onto the disk.
   */
  constructor(
    root: string,
    { durable }: { readonly durable: boolean },
  ) {
    this.#root = absolutePath(root);
    this.#durable = durable;
  }

  /** The path of the cache directory. */
  get root(): string {
    return this.#root;
  }

  /** The path of a directory. */
  path(directory: readonly string[]): string {
    const known = this.#paths.get(directory);
    if (known !== undefined) return known;
    const path = joinPath(this.#root, ...directory);
    this.#paths.set(directory, path);
    return path;
  }

  /**
   * What is in a directory, by name: whether it can be read as a file, which directories and pipes
   * cannot. Nothing where the directory does not exist.
   *
   * @throws {CacheError} Where the directory cannot be read.
   */
  names(directory: readonly string[]): ReadonlyMap<string, boolean> {
    const names = new Map<string, boolean>();
    for (const { name, isFile, isSymlink } of this.#list(directory)) {
      names.set(name, isFile || isSymlink);
    }
    return names;
  }

  /**
   * The seeds that have a file; none where the directory does not exist.
   *
   * @throws {CacheError} Where the directory cannot be read.
   */
  seeds(directory: readonly string[]): ReadonlySet<number> {
    const seeds = new Set<number>();
    for (const [name, isFile] of this.names(directory)) {
      const file = isFile ? readSampleFileName(name) : null;
      if (file?.digest === null) seeds.add(file.seed);
    }
    return seeds;
  }

  /** Whether a file is there. */
  has(directory: readonly string[], name: string): boolean {
    try {
      return fs.stat(`${this.path(directory)}/${name}`).isFile;
    } catch {
      return false;
    }
  }

  /**
   * The names of the directories in a directory; none where it does not exist.
   *
   * @throws {CacheError} Where the directory cannot be read.
   */
  subdirectories(directory: readonly string[]): string[] {
    return this.#list(directory)
      .filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name);
  }

  /**
   * The text of a file; null where it does not exist.
   *
   * @throws {CacheError} Where the file cannot be read.
   */
  read(directory: readonly string[], name: string): string | null {
    // Windows too takes a slash, and joining would cost a tenth of reading.
    const path = `${this.path(directory)}/${name}`;
    try {
      const text = fs.readText(path);
      return text.includes("\ufffd") ? strictText(path) : text;
    } catch (error) {
      if (fs.isNotFound(error)) return null;
      throw cacheError("cannot read", path, error);
    }
  }

  /**
   * Writes what `format` gives as a file, in place of one that may be there.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  write(
    directory: readonly string[],
    name: string,
    format: () => string,
  ): void {
    this.#put(directory, name, { format, place: rename });
  }

  /**
   * Writes what `format` gives as a file, where there is none; false where there is one.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  create(
    directory: readonly string[],
    name: string,
    format: () => string,
  ): boolean {
    return this.#put(directory, name, { format, place: renameNoReplace });
  }

  /**
   * Writes under another name, and then has `place` bring it where it belongs: whole, or not at
   * all. Whether it did.
   */
  #put(
    directory: readonly string[],
    name: string,
    { format, place }: {
      readonly format: () => string;
      readonly place: (from: string, to: string) => boolean;
    },
  ): boolean {
    const path = this.path(directory);
    const file = `${path}/${name}`;
    try {
      const text = format();
      if (!this.#made.has(path)) fs.ensureDirectory(path);
      let isPlaced: boolean;
      try {
        isPlaced = this.#putText(path, text, (from) => place(from, file));
      } catch (error) {
        if (!fs.isNotFound(error)) throw error;
        // The directory has vanished since it was made or listed.
        fs.ensureDirectory(path);
        isPlaced = this.#putText(path, text, (from) => place(from, file));
      }
      this.#made.add(path);
      return isPlaced;
    } catch (error) {
      throw cacheError("cannot write", file, error);
    }
  }

  /**
   * Makes a directory, and shows that files can be written into it.
   *
   * @throws {CacheError} Where they cannot.
   */
  prepare(directory: readonly string[]): void {
    const path = this.path(directory);
    try {
      fs.ensureDirectory(path);
      this.#made.add(path);
      const probe = joinPath(path, this.#newName());
      fs.writeNew(probe, "");
      fs.remove(probe);
    } catch (error) {
      throw cacheError("cannot write into", path, error);
    }
  }

  /**
   * Gives a file that cannot be used another name, so that it is neither read again
   * nor lost, and returns that name's path.
   *
   * @throws {CacheError} Where it cannot be renamed.
   */
  quarantine(directory: readonly string[], name: string): string {
    const file = joinPath(this.path(directory), name);
    const aside = `${file}.corrupt-${Date.now()}`;
    try {
      fs.rename(file, aside);
    } catch (error) {
      throw cacheError("cannot rename", file, error);
    }
    return aside;
  }

  #list(directory: readonly string[]): DirectoryEntry[] {
    const path = this.path(directory);
    try {
      const entries = fs.readDirectory(path);
      this.#made.add(path);
      return entries;
    } catch (error) {
      if (fs.isNotFound(error)) return [];
      throw cacheError("cannot list", path, error);
    }
  }

  #newName(): string {
    return `.${this.#temporaryName}-${this.#writes++}.tmp`;
  }

  #putText(
    path: string,
    text: string,
    place: (from: string) => boolean,
  ): boolean {
    const temporary = `${path}/${this.#newName()}`;
    try {
      fs.writeNew(temporary, text);
      if (this.#durable) forceToDisk(temporary);
      const isPlaced = place(temporary);
      if (isPlaced && this.#durable) forceToDisk(path);
      return isPlaced;
    } catch (error) {
      removeIfPossible(temporary);
      throw error;
    }
  }
}

/** The text of a file that may not be UTF-8; then an empty one, which nobody takes for a sample. */
function strictText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true })
      .decode(fs.readBytes(path));
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
}

/** Renames a file and replaces the target if it exists. */
function rename(from: string, to: string): true {
  fs.rename(from, to);
  return true;
}

/** Forces what was written to a file, or the names in a directory, onto the disk. */
function forceToDisk(path: string): void {
  // Windows opens no directories, and writes their names through by itself.
  if (system.isWindows() && fs.stat(path).isDirectory) return;
  using file = fs.open(path, { mode: "read" });
  file.sync();
}
