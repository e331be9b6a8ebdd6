import { CacheError } from "../errors.ts";
import type { PromptRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import { decodeUtf8 } from "../util/decode_utf8.ts";
import type { Log } from "../util/log.ts";
import type { AtomicFileStore } from "./atomic_file_store.ts";
import { type CacheDirectory, requestDigest } from "./cache_path.ts";
import type { ParsedEntry } from "./entry.ts";
import { EntryParser } from "./entry_parser.ts";
import { type CachedFile, EntryReader } from "./entry_reader.ts";
import { foreignReason } from "./foreign_reason.ts";
import { sampleFileName } from "./sample_file_name.ts";

/** A file of a sample and its content, or `null` if it does not exist. */
export interface FoundEntry {
  readonly name: string;
  readonly entry: ParsedEntry | null;
}

/** What a {@linkcode SampleReader} reads. */
export interface SampleReaderOptions {
  /** The files of the cache. */
  readonly files: AtomicFileStore;
  /** The prompt's directory. */
  readonly directory: CacheDirectory;
  readonly request: PromptRequest;
  readonly log: Log;
}

/** Reads the stored samples of one prompt. Corrupt files are renamed. */
export class SampleReader {
  /** Reads the cache directory. */
  readonly entries: EntryReader;
  readonly #options: SampleReaderOptions;
  #parser: EntryParser | null = null;
  #digestText: string | null = null;
  #hasSecondNames = false;

  constructor(options: SampleReaderOptions) {
    this.#options = options;
    this.entries = new EntryReader(options.files.root);
  }

  /** Distinguishes the request from others with the same directory. */
  get digest(): string {
    return this.#digestText ??= requestDigest(this.#options.request);
  }

  /**
   * Lists the files of the prompt, by name.
   *
   * @throws {CacheError} If the directory cannot be read.
   */
  list(): ReadonlyMap<string, CachedFile> {
    const { files } = this.entries.list(this.#options.directory);
    this.#hasSecondNames = [...files.values()]
      .some(({ digest }) => digest !== null);
    return files;
  }

  /**
   * Loads the sample of a seed from listed files, or returns `null` if they do not contain it.
   *
   * @throws {CacheError} If it cannot be read.
   */
  loadListed(
    files: ReadonlyMap<string, CachedFile>,
    seed: number,
  ): Response | null {
    const file = files.get(sampleFileName(seed)) ??
      (this.#hasSecondNames
        ? files.get(sampleFileName(seed, this.digest))
        : undefined);
    if (file === undefined) return null;
    if (file.isFile || file.isLink) return this.#load(seed);
    throw unusable(file.path, "is not a file");
  }

  /**
   * Returns the stored sample of a seed, or `null`.
   *
   * @throws {CacheError} If it cannot be read.
   */
  find(seed: number): Response | null {
    const { directory } = this.#options;
    const has = (name: string) => this.entries.has(directory, name);
    const exists = has(sampleFileName(seed)) ||
      (this.#hasSecondNames && has(sampleFileName(seed, this.digest)));
    return exists ? this.#load(seed) : null;
  }

  /**
   * Reads the file of a sample, or finds where to write it: under a second name if another request's
   * sample has the usual one.
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

  #readAs(name: string, seed: number): FoundEntry {
    const stored = this.entries.read(this.#options.directory, name);
    if (stored === null) return { name, entry: null };
    const text = decodeUtf8(stored.bytes) ?? "";
    this.#parser ??= new EntryParser(this.#options.request);
    return { name, entry: this.#parser.parse(text, seed) };
  }

  #load(seed: number): Response | null {
    const { name, entry } = this.read(seed);
    if (entry?.type === "response") return entry.response;
    if (entry?.type === "corrupt") this.#quarantine(name, entry.reason);
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
