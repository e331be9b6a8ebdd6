import { CacheError } from "../errors.ts";
import type { Response } from "../response.ts";
import {
  type CacheDirectory,
  cacheDirectory,
  type CacheKeyInput,
  requestDigest,
} from "../request/cache_key.ts";
import type { ClaimPlace } from "./claim_owner.ts";
import type { DirectoryStore } from "./directory_store.ts";
import { type EntryReading, EntryWriter, readEntry } from "./entry.ts";
import { explainMiss, type MissExplanation } from "./explain_miss.ts";
import { readSampleFileName, sampleFileName } from "./sample_file_name.ts";

/** A file, and what is in it; null where it does not exist. */
interface Found {
  readonly name: string;
  readonly reading: EntryReading | null;
}

/** What is written beside a sample. */
export interface SaveContext {
  /** The provider's whole answer, as JSON. */
  readonly rawJson: string;
  /** The body that was sent, without the seed; the same for all samples. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** The samples of one prompt on disk. */
export class SampleCache {
  readonly #store: DirectoryStore;
  readonly #request: CacheKeyInput;
  readonly #warn: (warning: string) => void;
  /** Where the prompt's samples are. */
  readonly directory: CacheDirectory;
  readonly #writers = new WeakMap<SaveContext["sent"], EntryWriter>();
  #digest: string | null = null;
  #hasSecondNames = false;

  /** Finds the prompt's directory; nothing is read yet. */
  constructor(
    store: DirectoryStore,
    request: CacheKeyInput,
    warn: (warning: string) => void,
  ) {
    this.#store = store;
    this.#request = request;
    this.#warn = warn;
    this.directory = cacheDirectory(request);
  }

  /** What tells the request from others with the same directory. */
  get digest(): string {
    return this.#digest ??= requestDigest(this.#request);
  }

  /** The path of the cache directory. */
  get root(): string {
    return this.#store.root;
  }

  /** The path of the prompt's directory. */
  get path(): string {
    return this.#store.path(this.directory);
  }

  /**
   * The samples of `count` seeds from `firstSeed` that are there. `onError` is told that the directory
   * or a file cannot be read; where it does not throw, that counts as missing.
   */
  load(
    firstSeed: number,
    count: number,
    onError: (error: CacheError) => void,
  ): Map<number, Response> {
    const responses = new Map<number, Response>();
    const there = this.#names(onError);
    if (there.size === 0) return responses;
    this.#hasSecondNames = [...there.keys()]
      .some((name) => readSampleFileName(name)?.digest != null);
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const isFile = there.get(sampleFileName(seed)) ??
        (this.#hasSecondNames ? there.get(this.#secondName(seed)) : undefined);
      if (isFile === undefined) continue;
      try {
        if (!isFile) throw this.#notUsable(sampleFileName(seed), "is no file");
        const response = this.#load(seed);
        if (response !== null) responses.set(seed, response);
      } catch (error) {
        if (!(error instanceof CacheError)) throw error;
        onError(error);
      }
    }
    return responses;
  }

  /** The sample with the lowest seed of all that are there; null where none is. `onError` is as in `load`. */
  first(onError: (error: CacheError) => void): Response | null {
    const seeds = [...this.#names(onError).keys()]
      .flatMap((name) => readSampleFileName(name)?.seed ?? []);
    for (const seed of seeds.sort((a, b) => a - b)) {
      const response = this.load(seed, 1, onError).get(seed);
      if (response !== undefined) return response;
    }
    return null;
  }

  /**
   * The sample of a seed; null where it is not there.
   *
   * @throws {CacheError} Where it cannot be read.
   */
  find(seed: number): Response | null {
    const has = (name: string) => this.#store.has(this.directory, name);
    const isThere = has(sampleFileName(seed)) ||
      (this.#hasSecondNames && has(this.#secondName(seed)));
    return isThere ? this.#load(seed) : null;
  }

  /** Where a process claims a sample. */
  claimPlace(seed: number): ClaimPlace {
    const name = `.${sampleFileName(seed)}`.replace(".json", ".claim");
    return { directory: this.path, name };
  }

  /**
   * Makes the prompt's directory, and shows that samples can be written into it.
   *
   * @throws {CacheError} Where they cannot.
   */
  prepare(): void {
    this.#store.prepare(this.directory);
  }

  /**
   * Writes a sample, and returns the one that is kept: where another program has
   * written the same sample in the meantime, that is its.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  save(response: Response, { rawJson, sent }: SaveContext): Response {
    const { seed } = response;
    const format = () =>
      this.#writerOf(sent).write(
        response,
        rawJson,
      );
    if (this.#store.create(this.directory, sampleFileName(seed), format)) {
      return response;
    }
    const found = this.#read(seed);
    if (found.reading?.type === "response") return found.reading.response;
    this.#store.write(this.directory, found.name, format);
    return response;
  }

  /**
   * Why a sample is not there.
   *
   * @throws {CacheError} Where the cache cannot be read.
   */
  explainMiss(seed: number): MissExplanation {
    return explainMiss(this.#store, this.#request, seed);
  }

  /** One for each body that is sent: that of later samples may name the provider of the first. */
  #writerOf(sent: SaveContext["sent"]): EntryWriter {
    let writer = this.#writers.get(sent);
    if (writer === undefined) {
      writer = new EntryWriter(this.#request, sent);
      this.#writers.set(sent, writer);
    }
    return writer;
  }

  #names(onError: (error: CacheError) => void): ReadonlyMap<string, boolean> {
    try {
      return this.#store.names(this.directory);
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      onError(error);
      return new Map();
    }
  }

  #load(seed: number): Response | null {
    const { name, reading } = this.#read(seed);
    if (reading?.type === "response") return reading.response;
    if (reading?.type === "corrupt") this.#setAside(name, reading.reason);
    return null;
  }

  /** What cannot be used counts as missing, whether or not it can be moved out of the way. */
  #setAside(name: string, reason: string): void {
    const corrupt =
      `${name} in ${this.path} is corrupt (${reason}), and counts as missing`;
    try {
      const aside = this.#store.setAside(this.directory, name);
      this.#warn(`${corrupt}; it is kept as ${aside}`);
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      this.#warn(`${corrupt}; ${error.message}`);
    }
  }

  /**
   * The file of a sample, or where it is to be written: another one where the usual one is taken.
   *
   * @throws {CacheError} Where both are taken, or cannot be read.
   */
  #read(seed: number): Found {
    const usual = this.#readAs(sampleFileName(seed), seed);
    if (usual.reading !== null && usual.reading.type !== "foreign") {
      return usual;
    }
    const name = this.#secondName(seed);
    if (usual.reading?.type === "foreign") {
      const { field } = usual.reading;
      this.#warn(
        `${usual.name} in ${this.path} belongs to another request (its ${field} differs): ` +
          `it is neither used nor overwritten, and ${name} used instead`,
      );
    }
    const second = this.#readAs(name, seed);
    if (second.reading?.type === "foreign") {
      const { field } = second.reading;
      throw this.#notUsable(name, `belongs to another request: ${field}`);
    }
    // What is there under the second name stays in use when the first is free again.
    return usual.reading === null && second.reading === null ? usual : second;
  }

  /** The name where the usual one is taken. */
  #secondName(seed: number): string {
    return sampleFileName(seed, this.digest);
  }

  #notUsable(name: string, why: string): CacheError {
    const path = `${this.path}/${name}`;
    return new CacheError(`${path} ${why}`, path);
  }

  #readAs(name: string, seed: number): Found {
    const text = this.#store.read(this.directory, name);
    const reading = text === null ? null : readEntry(text, this.#request, seed);
    return { name, reading };
  }
}
