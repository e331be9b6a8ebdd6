import type { Response } from "../response.ts";
import type { CacheKeyInput } from "./cache_key.ts";
import { cacheDirectory } from "./cache_key.ts";
import type { DirectoryStore } from "./directory_store.ts";
import { formatEntry, readEntry } from "./entry.ts";

/** The samples of one prompt on disk. */
export class SampleCache {
  readonly #store: DirectoryStore;
  readonly #request: CacheKeyInput;
  readonly #directory: readonly string[];
  readonly #taken = new Set<number>();
  readonly #warn: (warning: string) => void;

  /** Finds the prompt's directory; nothing is read yet. */
  constructor(
    store: DirectoryStore,
    request: CacheKeyInput,
    warn: (warning: string) => void,
  ) {
    this.#store = store;
    this.#request = request;
    this.#directory = cacheDirectory(request);
    this.#warn = warn;
  }

  /** The path of the prompt's directory. */
  get path(): string {
    return this.#store.path(this.#directory);
  }

  /**
   * The samples of `count` seeds from `firstSeed` that are there.
   *
   * @throws {CacheError} Where the directory or a file cannot be read.
   */
  load(firstSeed: number, count: number): Map<number, Response> {
    const there = this.#store.seeds(this.#directory);
    const responses = new Map<number, Response>();
    if (there.size === 0) return responses;
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const response = there.has(seed) ? this.#read(seed) : null;
      if (response !== null) responses.set(seed, response);
    }
    return responses;
  }

  /**
   * Writes a sample. One whose file holds another request's is not written.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  save(response: Response): void {
    if (this.#taken.has(response.seed)) return;
    const text = formatEntry(this.#request, response);
    this.#store.write(this.#directory, response.seed, text);
  }

  #read(seed: number): Response | null {
    const text = this.#store.read(this.#directory, seed);
    if (text === null) return null;
    const reading = readEntry(text, this.#request, seed);
    switch (reading.type) {
      case "response":
        return reading.response;
      case "failed":
        return null;
      case "foreign":
        this.#taken.add(seed);
        this.#warn(
          `seed ${seed} in ${this.path} belongs to another request (its ${reading.field} differs): ` +
            `it is neither used nor overwritten`,
        );
        return null;
      case "corrupt": {
        const aside = this.#store.setAside(this.#directory, seed);
        this.#warn(
          `the cache file of seed ${seed} is corrupt (${reading.reason}): ` +
            `it is kept as ${aside}, and the sample requested again`,
        );
        return null;
      }
    }
  }
}
