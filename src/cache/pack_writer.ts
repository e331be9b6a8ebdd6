import { CacheError } from "../errors.ts";
import type { CompressionFormat } from "../platform/compression.ts";
import { compression } from "../platform/deno/compression.ts";
import { fs } from "../platform/deno/fs.ts";
import type { FileInfo } from "../platform/fs.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { getOrCreate } from "../util/get_or_create.ts";
import { sameBytes } from "../util/same_bytes.ts";
import { AtomicFileStore } from "./atomic_file_store.ts";
import type { CacheDirectory } from "./cache_path.ts";
import { type CachedPrompt, CacheReader } from "./cache_reader.ts";
import { encodePack } from "./encode_pack.ts";
import type { CachedFile } from "./entry_reader.ts";
import { LockHolder } from "./lock_holder.ts";
import {
  PACK_FORMATS,
  PACK_LOCK,
  packName,
  readPackName,
} from "./pack_name.ts";
import { readPack } from "./pack_reader.ts";
import {
  type LeftFile,
  NOTHING,
  type PackResult,
  sumResults,
} from "./pack_result.ts";

/** A file that a pack contains, and its state when it was read. */
interface PackedFile {
  readonly path: string;
  readonly facts: FileInfo;
}

/** A pack, and its state when it was read. */
interface Pack {
  readonly path: string;
  readonly facts: FileInfo | null;
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

const SAMPLE_LOCK = /^\.seeds_\d+-\d+\.lock$/;

/**
 * Changes the packs of a cache directory. A pack is complete before the files in it are removed, and the
 * files before their pack: at every moment, other processes find each sample, and the process can be killed.
 */
export class PackWriter implements Disposable {
  readonly #cache: CacheReader;
  readonly #files: AtomicFileStore;
  readonly #holder: LockHolder;
  readonly #format: CompressionFormat = compression.canWriteZstd()
    ? "zst"
    : "gz";

  /**
   * Opens a cache directory.
   *
   * @throws {CacheError} If it cannot be written.
   */
  constructor(cacheDir: string) {
    this.#cache = new CacheReader(cacheDir);
    // A power failure must not leave the only copy of a sample unwritten.
    this.#files = new AtomicFileStore(cacheDir, { durable: true });
    this.#holder = new LockHolder(this.#files.root);
  }

  /** Removes the holder of the locks. */
  [Symbol.dispose](): void {
    this.#holder.close();
  }

  /**
   * Packs the files of a prompt, except unusable ones and those that differ from a packed sample of the
   * same name.
   *
   * @param modifiedBefore In Unix milliseconds. If a file is younger, nothing is packed.
   * @throws {CacheError} If a file cannot be read or written.
   */
  pack(segments: CacheDirectory, modifiedBefore = Infinity): PackResult {
    return this.#locked(segments, (prompt) => {
      const files = prompt.files.filter(({ isPacked }) => !isPacked);
      const isYoung = ({ path }: CachedFile) =>
        (lstatIfExists(path)?.modifiedMs ?? 0) >= modifiedBefore;
      if (modifiedBefore < Infinity && files.some(isYoung)) return NOTHING;
      const blocks = new Map<string, CachedFile[]>();
      for (const file of files) {
        const name = packName(file.seed, this.#format);
        getOrCreate(blocks, name, () => []).push(file);
      }
      return sumResults(
        Array.from(
          blocks,
          ([name, files]) =>
            this.#packBlock(name, { ...prompt, files, unreadable: [] }),
        ),
      );
    });
  }

  /**
   * Writes the files in a prompt's packs, and removes the packs. Leaves a pack if a file differs from the
   * packed sample of the same name.
   *
   * @throws {CacheError} If a file cannot be read or written.
   */
  unpack(segments: CacheDirectory): PackResult {
    return this.#changePacks(segments, ({ path, files }) => {
      const left: LeftFile[] = [];
      let [samples, bytes] = [0, 0];
      for (const [name, content] of files) {
        if (this.#files.create(segments, name, () => content)) {
          samples++;
          bytes += content.length;
          continue;
        }
        const file = `${this.#files.path(segments)}/${name}`;
        if (!sameBytes(fs.readBytes(file), content)) {
          left.push(differing(file, path));
        }
      }
      if (left.length === 0) this.#removePack(segments, path);
      return { samples, bytes, left };
    });
  }

  /**
   * Removes samples from a prompt's packs.
   *
   * @param names The names of their files.
   * @throws {CacheError} If a pack cannot be read or written.
   */
  remove(segments: CacheDirectory, names: readonly string[]): PackResult {
    return this.#changePacks(segments, ({ path, facts, files }) => {
      const before = files.size;
      let bytes = 0;
      for (const name of names) {
        bytes += files.get(name)?.length ?? 0;
        files.delete(name);
      }
      if (files.size === 0) this.#removePack(segments, path);
      else if (files.size < before) {
        this.#writePack(segments, { path, facts, files });
      }
      return { samples: before - files.size, bytes, left: [] };
    });
  }

  /** Packs files whose seeds share a pack. */
  #packBlock(name: string, block: CachedPrompt): PackResult {
    const { segments } = block;
    this.#holder.heartbeat();
    const path = `${this.#files.path(segments)}/${name}`;
    // Versions of Node differ in the formats that they write.
    const others = PACK_FORMATS
      .map((format) => path.replace(/\w+$/, format))
      .filter((other) => other !== path && lstatIfExists(other) !== null);
    const facts = lstatIfExists(path);
    const files = new Map(
      [...others, path].flatMap((path) => [...readPack(path)?.files() ?? []]),
    );
    const before = files.size;
    const packed: PackedFile[] = [];
    const left: LeftFile[] = [];
    let bytes = 0;
    for (const sample of this.#cache.samples(block)) {
      const facts = lstatIfExists(sample.path);
      if (facts === null) continue;
      if (sample.problem !== null) {
        left.push({ path: sample.path, reason: sample.problem });
        continue;
      }
      const content = fs.readBytes(sample.path);
      if (sameBytes(files.get(sample.name) ?? content, content)) {
        files.set(sample.name, content);
        packed.push({ path: sample.path, facts });
        bytes += content.length;
      } else left.push(differing(sample.path, path));
    }
    if (files.size > before || others.length > 0) {
      this.#writePack(segments, { path, facts, files });
    }
    for (const other of others) this.#removePack(segments, other);
    for (const { path, facts } of packed) {
      // A file that was edited since is kept.
      if (isSame(lstatIfExists(path), facts)) fs.remove(path);
    }
    return { samples: packed.length, bytes, left };
  }

  /** Changes each pack of a prompt. */
  #changePacks(
    segments: CacheDirectory,
    change: (pack: Pack) => PackResult,
  ): PackResult {
    return this.#locked(segments, () => {
      const parent = this.#files.path(segments);
      const packs = fs.readDirectory(parent)
        .filter(({ name, isFile }) => isFile && readPackName(name) !== null);
      return sumResults(packs.map(({ name }) => {
        const path = `${parent}/${name}`;
        const facts = lstatIfExists(path);
        return change({ path, facts, files: new Map(readPack(path)?.files()) });
      }));
    });
  }

  #writePack(
    segments: CacheDirectory,
    { path, facts, files }: Pack,
  ): void {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const bytes = encodePack(files, path, readPackName(name)!.format);
    this.#checkOwner(segments);
    if (!isSame(lstatIfExists(path), facts)) {
      const reason = `another process has changed ${path}: try again`;
      throw new CacheError(reason, path);
    }
    this.#files.write(segments, name, () => bytes);
  }

  #removePack(segments: CacheDirectory, path: string): void {
    this.#checkOwner(segments);
    fs.remove(path);
  }

  /** Runs a change while no other process changes the packs of the prompt or requests its samples. */
  #locked(
    segments: CacheDirectory,
    change: (prompt: CachedPrompt) => PackResult,
  ): PackResult {
    this.#holder.heartbeat();
    const directory = this.#files.path(segments);
    const lock = { directory, name: PACK_LOCK };
    const reason = "another process uses it: try again later";
    const inUse = { ...NOTHING, left: [{ path: directory, reason }] };
    if (!this.#holder.acquire(lock)) return inUse;
    try {
      const prompt = this.#cache.prompt(segments);
      const isSampled = prompt.others.some((name) =>
        SAMPLE_LOCK.test(name) && this.#holder.isLocked({ directory, name })
      );
      return isSampled ? inUse : change(prompt);
    } finally {
      this.#holder.release(lock);
    }
  }

  /** A process that was suspended for a long time may have lost its lock. */
  #checkOwner(segments: CacheDirectory): void {
    const directory = this.#files.path(segments);
    if (this.#holder.isOwner({ directory, name: PACK_LOCK })) return;
    throw new CacheError(
      `another process has taken over the lock of ${directory}: try again`,
      directory,
    );
  }
}

function differing(path: string, pack: string): LeftFile {
  return { path, reason: `it differs from the sample in ${pack}` };
}

function isSame(a: FileInfo | null, b: FileInfo | null): boolean {
  return a?.sizeBytes === b?.sizeBytes && a?.modifiedMs === b?.modifiedMs;
}
