import { CacheError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { joinPath } from "../platform/join_path.ts";
import { type CacheDirectory, cacheDirectory } from "./cache_path.ts";
import type { PromptRequest } from "../request/build_request.ts";
import type { Response } from "../response.ts";
import { NO_LOCK, type SampleLock } from "../sample_lock.ts";
import type { Log } from "../util/log.ts";
import { AtomicFileStore } from "./atomic_file_store.ts";
import { explainMiss, type MissExplanation } from "./explain_miss.ts";
import { FileLock } from "./file_lock.ts";
import type {
  HeldLockHolder,
  LockHolderRegistry,
} from "./lock_holder_registry.ts";
import { isOutOfFiles } from "../util/is_out_of_files.ts";
import { sampleFileName } from "./sample_file_name.ts";
import { type LayeredFiles, SampleReader } from "./sample_reader.ts";
import type { SaveContext } from "./save_context.ts";

/**
 * The stored samples of one prompt: loads, locks, and saves them, as the options `useCache` and
 * `onCacheError` say. A failing disk is reported once.
 */
export class SampleStore implements Disposable {
  /** The first cache directory, as it was given. */
  readonly #ownDir: string;
  readonly #files: AtomicFileStore;
  readonly #reader: SampleReader;
  readonly #request: PromptRequest;
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #directory: CacheDirectory;
  #holder: HeldLockHolder | null = null;

  constructor(request: PromptRequest, settings: Settings, log: Log) {
    this.#ownDir = [settings.cacheDir].flat()[0]!;
    this.#files = new AtomicFileStore(this.#ownDir, settings);
    this.#request = request;
    this.#settings = settings;
    this.#log = log;
    this.#directory = cacheDirectory(request);
    this.#reader = new SampleReader({
      cacheDir: settings.cacheDir,
      files: this.#files,
      directory: this.#directory,
      request,
      log,
    });
  }

  /** The prompt's directory below the first `cacheDir` as it was given, or `null` without a cache. */
  get displayPath(): string | null {
    return this.#settings.useCache
      ? joinPath(this.#ownDir, ...this.#directory)
      : null;
  }

  /** The prompt's directories in all cache directories. */
  get paths(): string[] {
    return this.#reader.layers.map((entries) => entries.path(this.#directory));
  }

  get path(): string {
    return this.#files.path(this.#directory);
  }

  /** Identifies the samples in this process, or `null` without a cache. */
  get shareKey(): string | null {
    return this.#keyBelow(this.path);
  }

  /** Identifies a sample on every machine, wherever its cache directory is; `null` without a cache. */
  sampleId(seed: number): string | null {
    const key = this.#keyBelow(this.#directory.join("/"));
    return key === null ? null : `${key} ${seed}`;
  }

  /**
   * Lists the stored samples of the prompt.
   *
   * @throws {CacheError} If they cannot be listed and `onCacheError` is `"stop"`.
   */
  list(): LayeredFiles {
    return this.#settings.useCache
      ? this.#orFail(() => this.#reader.list(), [])
      : [];
  }

  /**
   * Loads the listed samples of consecutive seeds.
   *
   * @throws {CacheError} If they cannot be read and `onCacheError` is `"stop"`.
   */
  load(
    listed: LayeredFiles,
    { firstSeed, count }: {
      readonly firstSeed: number;
      readonly count: number;
    },
  ): Response[] {
    const responses: Response[] = [];
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const load = () => this.#reader.load(listed, seed);
      const response = this.#orFail(load, null);
      if (response !== null) responses.push(response);
    }
    return responses;
  }

  /** Counts the call's samples that are stored, by file names if they are enough. */
  async count(): Promise<number> {
    const { useCache, seed, nSamples } = this.#settings;
    if (!useCache) return 0;
    const { countByName } = await import("./count_by_name.ts");
    const place = { directory: this.#directory, request: this.#request };
    const count = () => countByName(this.#reader.layers, place, this.#settings);
    const range = { firstSeed: seed ?? 0, count: nSamples };
    return this.#orFail(count, null) ?? this.load(this.list(), range).length;
  }

  /** Returns the sample with the lowest seed of all that are stored, or `null`. */
  first(): Response | null {
    const listed = this.list();
    const seeds = new Set(
      listed.flatMap((files) => Array.from(files.values(), ({ seed }) => seed)),
    );
    for (const firstSeed of [...seeds].sort((a, b) => a - b)) {
      const [response] = this.load(listed, { firstSeed, count: 1 });
      if (response !== undefined) return response;
    }
    return null;
  }

  /**
   * Returns the stored sample of a seed, or `null`.
   *
   * @throws {CacheError} If it cannot be read and `onCacheError` is `"stop"`.
   */
  find(seed: number): Response | null {
    if (!this.#settings.useCache) return null;
    const epoch = this.#holder?.locks.epoch(this.path) ?? null;
    return this.#orFail(() => this.#reader.find(seed, epoch), null);
  }

  /**
   * Checks that samples can be stored before the first is paid for, and prepares their locks.
   *
   * @param holders The lock holders of this process, or `null` if samples are locked elsewhere.
   * @throws {CacheError} If they cannot be stored and `onCacheError` is `"stop"`.
   */
  prepare(holders: LockHolderRegistry | null): void {
    if (!this.#settings.useCache) return;
    this.#orFail(() => {
      this.#files.prepare(this.#directory);
      this.#holder = holders?.hold(this.#files.root) ?? null;
    }, undefined);
  }

  /** Returns the lock of a sample. It may outlive the call: another call may wait for the sample. */
  lock(seed: number): SampleLock {
    if (this.#holder === null) return NO_LOCK;
    const sample = { directory: this.path, seed };
    const held = this.#holder.again();
    return new FileLock({ held, sample, log: this.#log });
  }

  /**
   * Stores a sample and returns the one that is kept: if another process has stored the same sample
   * in the meantime, that one. A sample that cannot be stored is returned anyway.
   *
   * @throws {CacheError} If too many files are open: the sample can be stored later.
   */
  save(response: Response, context: SaveContext): Response {
    if (!this.#settings.useCache) return response;
    try {
      return this.#write(response, context.format);
    } catch (error) {
      if (!(error instanceof CacheError) || isOutOfFiles(error)) throw error;
      this.#warnOfFailure(error);
      if (this.#settings.onCacheError === "stop") context.stop(error);
      return response;
    }
  }

  /**
   * Explains why a sample is not stored.
   *
   * @throws {CacheError} If the cache cannot be read.
   */
  explainMiss(seed: number): MissExplanation {
    return explainMiss(this.#reader.layers, this.#request, seed);
  }

  [Symbol.dispose](): void {
    this.#holder?.[Symbol.dispose]();
    this.#holder = null;
  }

  #keyBelow(place: string): string | null {
    const { useCache, requireContinuation } = this.#settings;
    if (!useCache) return null;
    const key = `${place} ${this.#reader.digest}`;
    // A call that may reject an answer must not reject it for another call.
    return requireContinuation ? `${key} strict` : key;
  }

  #write(response: Response, format: SaveContext["format"]): Response {
    const { seed } = response;
    const name = sampleFileName(seed);
    if (this.#files.create(this.#directory, name, format)) return response;
    const found = this.#reader.read(seed);
    if (found.entry?.type === "response") return found.entry.response;
    this.#files.write(this.#directory, found.name, format);
    return response;
  }

  /** Returns the result of `run`, or a fallback if it fails and `onCacheError` allows to continue. */
  #orFail<T>(run: () => T, fallback: T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof CacheError) || isOutOfFiles(error)) throw error;
      if (this.#settings.onCacheError === "stop") throw error;
      this.#warnOfFailure(error);
      return fallback;
    }
  }

  #warnOfFailure({ message }: CacheError): void {
    this.#log.warn(`cache error: ${message}`, this.#ownDir);
  }
}
