import { CacheError } from "../errors.ts";
import type { PromptRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";
import type { Log } from "../util/log.ts";
import type { AtomicFileStore } from "./atomic_file_store.ts";
import { type CacheDirectory, requestDigest } from "./cache_path.ts";
import type { ParsedEntry } from "./entry.ts";
import { EntryParser } from "./entry_parser.ts";
import {
  type CachedFile,
  EntryReader,
  type StoredEntry,
} from "./entry_reader.ts";
import { foreignReason } from "./foreign_reason.ts";
import { PACK_SEEDS } from "./pack_name.ts";
import { sampleFileName } from "./sample_file_name.ts";

/** A file of a sample and its content, or `null` if it does not exist. */
export interface FoundEntry {
  readonly name: string;
  readonly entry: ParsedEntry | null;
}

/** Options of {@linkcode SampleReader}. */
export interface SampleReaderOptions {
  /** The option of this name. */
  readonly cacheDir: string | readonly string[];
  /** The files of the first cache directory. */
  readonly files: AtomicFileStore;
  /** The prompt's directory. */
  readonly directory: CacheDirectory;
  readonly request: PromptRequest;
  readonly log: Log;
}

/** The files of a prompt, by name, in each cache directory. */
export type LayeredFiles = readonly ReadonlyMap<string, CachedFile>[];

/** Which packs of a prompt exist, as far as they were looked for. */
interface KnownPacks {
  /** The epoch in which they were looked for. */
  readonly epoch: object;
  readonly expiresMs: number;
  /** Whether a pack can exist, by its first seed divided by {@linkcode PACK_SEEDS}. */
  readonly exists: Map<number, boolean>;
}

/** How long, in milliseconds, it is known which packs exist. No lock keeps users from copying packs into a cache. */
const PACKS_KNOWN_MS = 500;

/**
 * Reads the stored samples of one prompt, each from the first cache directory that has a usable one. Renames
 * corrupt files in the first directory.
 */
export class SampleReader {
  /** Readers of the cache directories. */
  readonly layers: readonly EntryReader[];
  readonly #options: SampleReaderOptions;
  #parser: EntryParser | null = null;
  #digestText: string | null = null;
  #hasSecondNames = false;
  #packs: KnownPacks | null = null;

  constructor(options: SampleReaderOptions) {
    this.#options = options;
    this.layers = EntryReader.layers(options.cacheDir);
  }

  /** Distinguishes the request from others with the same directory. */
  get digest(): string {
    return this.#digestText ??= requestDigest(this.#options.request);
  }

  /**
   * Lists the files of the prompt.
   *
   * @throws {CacheError} If a directory cannot be read.
   */
  list(): LayeredFiles {
    const listed = this.layers
      .map((entries) => entries.list(this.#options.directory).files);
    this.#hasSecondNames = listed
      .some((files) =>
        [...files.values()].some(({ digest }) => digest !== null)
      );
    return listed;
  }

  /**
   * Loads the sample of a seed from listed files, or returns `null` if they do not contain it.
   *
   * @throws {CacheError} If it cannot be read.
   */
  load(listed: LayeredFiles, seed: number): Response | null {
    for (const [layer, files] of listed.entries()) {
      const file = files.get(sampleFileName(seed)) ??
        (this.#hasSecondNames
          ? files.get(sampleFileName(seed, this.digest))
          : undefined);
      if (file === undefined) continue;
      if (!file.isFile && !file.isLink) {
        throw unusable(file.path, "is not a file");
      }
      const packed = file.isPacked ? this.#readPacked(file, layer) : null;
      if (packed !== null) return packed;
      const response = layer === 0
        ? this.#loadOwn(seed)
        : this.#loadShared(seed, layer);
      if (response !== null) return response;
    }
    return null;
  }

  /**
   * Returns the sample of a seed in the first cache directory, or `null`.
   *
   * @param epoch The same object as long as no other process can change the packs of the prompt, or `null`.
   * @throws {CacheError} If it cannot be read.
   */
  find(seed: number, epoch: object | null): Response | null {
    const { directory } = this.#options;
    const mayBePacked = epoch === null || this.#mayBePacked(seed, epoch);
    const has = (name: string) =>
      this.layers[0]!.has(directory, name, mayBePacked);
    const exists = has(sampleFileName(seed)) ||
      (this.#hasSecondNames && has(sampleFileName(seed, this.digest)));
    return exists ? this.#loadOwn(seed) : null;
  }

  /**
   * Reads the file of a sample in the first cache directory, or finds where to write it: under a second
   * name if another request's sample has the usual one.
   *
   * @throws {CacheError} If both are taken, or cannot be read.
   */
  read(seed: number): FoundEntry {
    const usual = this.#readAs(sampleFileName(seed), seed);
    if (usual.entry !== null && usual.entry.type !== "foreign") return usual;
    const name = sampleFileName(seed, this.digest);
    if (usual.entry?.type === "foreign") {
      this.#options.log.warn(
        `${usual.name} in ${this.#path} is left unchanged ` +
          `(${foreignReason(usual.entry.field)}); ${name} is used instead`,
      );
    }
    const second = this.#readAs(name, seed);
    if (second.entry?.type === "foreign") {
      const why = foreignReason(second.entry.field);
      throw unusable(`${this.#path}/${name}`, `is taken: ${why}`);
    }
    // A file under the second name stays in use when the first name becomes free.
    return usual.entry === null && second.entry === null ? usual : second;
  }

  /**
   * Whether a pack can contain a sample. Remembered for a while, since looking for a file that does not exist
   * takes a tenth of the time to store a sample.
   */
  #mayBePacked(seed: number, epoch: object): boolean {
    const nowMs = performance.now();
    if (this.#packs?.epoch !== epoch || nowMs >= this.#packs.expiresMs) {
      const expiresMs = nowMs + PACKS_KNOWN_MS;
      this.#packs = { epoch, expiresMs, exists: new Map() };
    }
    const { exists } = this.#packs;
    const block = Math.floor(seed / PACK_SEEDS);
    const mayBePacked = exists.get(block) ??
      this.layers[0]!.hasPack(this.#options.directory, seed);
    exists.set(block, mayBePacked);
    return mayBePacked;
  }

  #readAs(name: string, seed: number, layer = 0): FoundEntry {
    const stored = this.layers[layer]!.read(this.#options.directory, name);
    const entry = stored === null ? null : this.#parse(stored, seed);
    return { name, entry };
  }

  /** Returns the sample in a listed line of a pack, or `null` if it needs a closer look. */
  #readPacked(file: CachedFile, layer: number): Response | null {
    const stored = this.layers[layer]!
      .readListed(this.#options.directory, file);
    const entry = stored === null ? null : this.#parse(stored, file.seed);
    return entry?.type === "response" ? entry.response : null;
  }

  #parse({ bytes }: StoredEntry, seed: number): ParsedEntry {
    this.#parser ??= new EntryParser(this.#options.request);
    return this.#parser.parse(decodeUtf8(bytes) ?? "", seed);
  }

  #loadOwn(seed: number): Response | null {
    const { name, entry } = this.read(seed);
    if (entry?.type === "response") return entry.response;
    if (entry?.type === "corrupt") this.#quarantine(name, entry.reason);
    return null;
  }

  #loadShared(seed: number, layer: number): Response | null {
    for (
      const name of [sampleFileName(seed), sampleFileName(seed, this.digest)]
    ) {
      const { entry } = this.#readAs(name, seed, layer);
      if (entry?.type === "response") return entry.response;
      if (entry?.type !== "corrupt") continue;
      const path = this.layers[layer]!.path(this.#options.directory);
      this.#options.log.warn(
        `${name} in ${path} is corrupt (${entry.reason}) and counts as missing`,
      );
    }
    return null;
  }

  /** A corrupt file counts as missing, whether or not it can be renamed. */
  #quarantine(name: string, reason: string): void {
    const corrupt =
      `${name} in ${this.#path} is corrupt (${reason}) and counts as missing`;
    try {
      const moved = this.#options.files.quarantine(
        this.#options.directory,
        name,
      );
      this.#options.log.warn(`${corrupt}; it was renamed to ${moved}`);
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      this.#options.log.warn(`${corrupt}; ${error.message}`);
    }
  }

  get #path(): string {
    const { files, directory } = this.#options;
    return files.path(directory);
  }
}

function unusable(path: string, why: string): CacheError {
  return new CacheError(`${path} ${why}`, path);
}
