import type { Settings } from "../options/settings.ts";
import { AtomicFileStore } from "./atomic_file_store.ts";

/** Files that are read from each cache directory, and written to the first. */
export class LayeredFileStore {
  readonly #layers: readonly AtomicFileStore[];

  constructor({ cacheDir, durable }: Pick<Settings, "cacheDir" | "durable">) {
    this.#layers = [cacheDir].flat()
      .map((path) => new AtomicFileStore(path, { durable }));
  }

  /**
   * Reads a file from the first cache directory where `parse` accepts its text. Returns what `parse`
   * returns, or `null` if it accepts none.
   *
   * @throws {CacheError} If a file cannot be read.
   */
  read<T>(
    directory: readonly string[],
    name: string,
    parse: (text: string) => T | null,
  ): T | null {
    for (const files of this.#layers) {
      const text = files.read(directory, name);
      const value = text === null ? null : parse(text);
      if (value !== null) return value;
    }
    return null;
  }

  /**
   * Writes the text that `format` returns to a file in the first cache directory.
   *
   * @throws {CacheError} If it cannot be written.
   */
  write(
    directory: readonly string[],
    name: string,
    format: () => string,
  ): void {
    this.#layers[0]!.write(directory, name, format);
  }
}
