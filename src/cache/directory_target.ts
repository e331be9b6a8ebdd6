import { AtomicFileStore } from "./atomic_file_store.ts";
import { sameBytes } from "../util/same_bytes.ts";
import type { CacheItem } from "./cache_item.ts";
import { EntryReader } from "./entry_reader.ts";
import type { CacheTarget } from "./transfer_items.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { CacheError } from "../errors.ts";

/** A cache directory that samples are copied to. */
export class DirectoryTarget implements CacheTarget {
  readonly #files: AtomicFileStore;
  readonly #entries: EntryReader;

  /** Opens a cache directory, which does not have to exist. */
  constructor(cacheDir: string) {
    this.#files = new AtomicFileStore(cacheDir, { durable: false });
    this.#entries = new EntryReader(cacheDir, { mustExist: false });
  }

  /** See {@linkcode CacheTarget}. */
  compare(
    { segments, name, bytes }: CacheItem,
  ): "missing" | "same" | "different" {
    const existing = this.#entries.read(segments, name);
    if (existing === null) return "missing";
    return sameBytes(existing.bytes, bytes) ? "same" : "different";
  }

  /** See {@linkcode CacheTarget}. */
  hasPack({ segments, name }: Pick<CacheItem, "segments" | "name">): boolean {
    return lstatIfExists(`${this.#entries.path(segments)}/${name}`) !== null;
  }

  /**
   * See {@linkcode CacheTarget}.
   *
   * @throws {CacheError} If the file cannot be written, or another process has written it meanwhile.
   */
  add({ segments, name, bytes }: CacheItem): void {
    if (this.#files.create(segments, name, () => bytes)) return;
    const path = `${this.#files.path(segments)}/${name}`;
    throw new CacheError(
      `another process has written ${path}: try again`,
      path,
    );
  }
}
