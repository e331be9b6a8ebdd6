import type { AtomicFileStore } from "../cache/atomic_file_store.ts";
import { sha256Hex } from "../util/sha256_hex.ts";
import { parseJsonObject } from "../util/json_object.ts";

/** The directory in the cache directory in which embeddings are kept. */
const ROOT = ".embeddings";

/** The embeddings of one model at one address, kept in the cache directory: a file for each text. */
export class EmbeddingCache {
  readonly #files: AtomicFileStore;
  readonly #model: string;

  /** Makes it; nothing is read yet. */
  constructor(
    files: AtomicFileStore,
    { model, baseUrl }: { readonly model: string; readonly baseUrl: string },
  ) {
    this.#files = files;
    this.#model = encodeURIComponent(`${baseUrl} ${model}`);
  }

  /**
   * The embedding of a text; null where it is not there, or what is there is none.
   *
   * @throws {CacheError} Where it cannot be read.
   */
  read(text: string): number[] | null {
    const { directory, name } = this.#place(text);
    const json = this.#files.read(directory, name);
    const entry = json === null ? null : parseJsonObject(json);
    // A hash names the text; that it is the same is told by the text itself.
    return entry?.text === text && isEmbedding(entry.embedding)
      ? entry.embedding
      : null;
  }

  /**
   * Keeps an embedding.
   *
   * @throws {CacheError} Where it cannot be written.
   */
  write(text: string, embedding: readonly number[]): void {
    const { directory, name } = this.#place(text);
    this.#files.write(
      directory,
      name,
      () => `${JSON.stringify({ text, embedding })}\n`,
    );
  }

  #place(text: string) {
    const hash = sha256Hex(text);
    return {
      directory: [ROOT, this.#model, hash.slice(0, 3)],
      name: `${hash}.json`,
    };
  }
}

/** Whether a value is a list of numbers, and not an empty one. */
export function isEmbedding(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 &&
    value.every((number) => Number.isFinite(number));
}
