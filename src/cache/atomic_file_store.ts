import { absolutePath } from "../platform/absolute_path.ts";
import { fs } from "../platform/deno/fs.ts";
import { system } from "../platform/deno/system.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { renameNoReplace } from "../platform/rename_no_replace.ts";
import { joinPath } from "../platform/join_path.ts";
import { cacheDirectoryError, cacheError } from "../cache_error.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";

/**
 * Reads and writes the files of a cache directory, one per sample. Writes are atomic: a file is
 * written under another name and renamed. Calls are synchronous, because that is faster for small
 * files, and an answer is on disk before anything else happens.
 *
 * Directories are lists of path segments below the root.
 */
export class AtomicFileStore {
  readonly #root: string;
  readonly #durable: boolean;
  readonly #paths = new WeakMap<readonly string[], string>();
  readonly #made = new Set<string>();
  readonly #temporaryName = crypto.randomUUID().slice(0, 8);
  #writes = 0;

  /**
   * Creates a store for a cache directory, which need not exist yet. The store keeps its directory
   * when the working directory changes. If `durable` is set, it flushes each file to the disk.
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

  /** Returns the path of a directory. */
  path(directory: readonly string[]): string {
    const known = this.#paths.get(directory);
    if (known !== undefined) return known;
    const path = joinPath(this.#root, ...directory);
    this.#paths.set(directory, path);
    return path;
  }

  /**
   * Returns the text of a file, or `null` if it does not exist.
   *
   * @throws {CacheError} If the file cannot be read.
   */
  read(directory: readonly string[], name: string): string | null {
    const path = `${this.path(directory)}/${name}`;
    try {
      return fs.readText(path);
    } catch (error) {
      if (fs.isNotFound(error)) return null;
      throw cacheError("cannot read", path, error);
    }
  }

  /**
   * Writes the content that `format` returns to a file, and replaces an existing one.
   *
   * @throws {CacheError} If the file cannot be written.
   */
  write(
    directory: readonly string[],
    name: string,
    format: () => string | Uint8Array,
  ): void {
    this.#put(directory, name, { format, place: rename });
  }

  /**
   * Writes the content that `format` returns to a new file. Returns `false` if the file exists.
   *
   * @throws {CacheError} If the file cannot be written.
   */
  create(
    directory: readonly string[],
    name: string,
    format: () => string | Uint8Array,
  ): boolean {
    return this.#put(directory, name, { format, place: renameNoReplace });
  }

  /**
   * Writes a file under another name and calls `place` to move it to its own name. Returns whether
   * `place` moved it.
   */
  #put(
    directory: readonly string[],
    name: string,
    { format, place }: {
      readonly format: () => string | Uint8Array;
      readonly place: (from: string, to: string) => boolean;
    },
  ): boolean {
    const path = this.path(directory);
    const file = `${path}/${name}`;
    try {
      const content = format();
      if (!this.#made.has(path)) fs.ensureDirectory(path);
      let isPlaced: boolean;
      try {
        isPlaced = this.#putContent(path, content, (from) => place(from, file));
      } catch (error) {
        if (!fs.isNotFound(error)) throw error;
        // The directory was removed after it was created or listed.
        fs.ensureDirectory(path);
        isPlaced = this.#putContent(path, content, (from) => place(from, file));
      }
      this.#made.add(path);
      return isPlaced;
    } catch (error) {
      this.#checkRoot();
      throw cacheError("cannot write", file, error);
    }
  }

  /**
   * Creates a directory, and checks that files can be written into it.
   *
   * @throws {CacheError} If they cannot.
   */
  prepare(directory: readonly string[]): void {
    const path = this.path(directory);
    try {
      fs.ensureDirectory(path);
      this.#made.add(path);
      this.#tryToWrite(path);
    } catch (error) {
      this.#checkRoot();
      throw cacheError("cannot write into", path, error);
    }
  }

  /**
   * Renames a file that cannot be used, so that it is neither read again nor lost. Returns its new
   * path.
   *
   * @throws {CacheError} If it cannot be renamed.
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

  /**
   * Checks whether the root is why an operation failed. Then the long path below it is of no use.
   *
   * @throws {CacheError} If the root itself cannot be written.
   */
  #checkRoot(): void {
    try {
      fs.ensureDirectory(this.#root);
      this.#tryToWrite(this.#root);
    } catch (error) {
      if (isOutOfFiles(error)) return;
      throw cacheDirectoryError("write into", this.#root, error);
    }
  }

  #tryToWrite(path: string): void {
    const probe = joinPath(path, this.#newName());
    fs.writeNew(probe, "");
    fs.remove(probe);
  }

  #newName(): string {
    return `.${this.#temporaryName}-${this.#writes++}.tmp`;
  }

  #putContent(
    path: string,
    content: string | Uint8Array,
    place: (from: string) => boolean,
  ): boolean {
    const temporary = `${path}/${this.#newName()}`;
    try {
      fs.writeNew(temporary, content);
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

/** Renames a file and replaces the target if it exists. */
function rename(from: string, to: string): true {
  fs.rename(from, to);
  return true;
}

/** Flushes a file, or the names in a directory, to the disk. */
function forceToDisk(path: string): void {
  // Windows cannot open directories, and flushes their names to the disk on its own.
  if (system.isWindows() && fs.stat(path).isDirectory) return;
  using file = fs.open(path, { mode: "read" });
  file.sync();
}
