import { createTarPacker } from "modern-tar";
import { compression } from "../platform/deno/compression.ts";
import { fs } from "../platform/deno/fs.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { sha256Hex } from "../util/sha256_hex.ts";
import { type CacheItem, itemPath } from "./cache_item.ts";
import { PackLines } from "./pack_lines.ts";
import { readPackName } from "./pack_name.ts";
import { tarItems } from "./tar_items.ts";
import type { CacheTarget } from "./transfer_items.ts";

/** A tar file that samples are copied to. It is replaced when the new one is complete. */
export class TarTarget implements CacheTarget, AsyncDisposable {
  readonly #path: string;
  readonly #temporary: string;
  readonly #packer = createTarPacker();
  readonly #written: Promise<void>;
  /** Hashes of the samples in the file, by their paths. */
  readonly #samples = new Map<string, string>();
  readonly #packs = new Set<string>();

  private constructor(
    path: string,
    temporary: string,
    file: WritableStream<Uint8Array>,
  ) {
    this.#path = path;
    this.#temporary = temporary;
    this.#written = this.#packer.readable.pipeTo(file);
    // The error is that of the next call.
    this.#written.catch(() => {});
  }

  /**
   * Opens a tar file, and copies its contents if it exists.
   *
   * @throws {Error} If it cannot be read or written, or contains files that are not of a cache.
   */
  static async open(path: string): Promise<TarTarget> {
    const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
    const file = await fs.createWritable(temporary);
    const target = new TarTarget(path, temporary, file);
    if (lstatIfExists(path) === null) return target;
    try {
      const refuse = (message: string) => {
        throw new Error(`${message}: choose another file`);
      };
      for await (const item of tarItems(path, refuse)) await target.add(item);
    } catch (error) {
      await target[Symbol.asyncDispose]();
      throw error;
    }
    return target;
  }

  /** See {@linkcode CacheTarget}. */
  compare(item: CacheItem): "missing" | "same" | "different" {
    const hash = this.#samples.get(itemPath(item));
    if (hash === undefined) return "missing";
    return hash === hashOf(item.bytes) ? "same" : "different";
  }

  /** See {@linkcode CacheTarget}. */
  hasPack(item: Pick<CacheItem, "segments" | "name">): boolean {
    return this.#packs.has(itemPath(item));
  }

  /** See {@linkcode CacheTarget}. */
  async add(item: CacheItem): Promise<void> {
    const { segments, name, bytes } = item;
    const path = itemPath(item);
    const format = readPackName(name)?.format;
    if (format === undefined) this.#samples.set(path, hashOf(bytes));
    else {
      this.#packs.add(path);
      const lines = new PackLines(compression.decompress(bytes, format));
      for (const [name, bytes] of lines.files()) {
        const path = itemPath({ segments, name });
        // A file wins over a packed sample.
        if (!this.#samples.has(path)) this.#samples.set(path, hashOf(bytes));
      }
    }
    const entry = this.#packer.controller.add({
      name: path,
      size: bytes.length,
      type: "file",
    }).getWriter();
    await entry.write(bytes);
    await entry.close();
  }

  /** Completes the file, and moves it to its place. */
  async commit(): Promise<void> {
    this.#packer.controller.finalize();
    await this.#written;
    {
      using file = fs.open(this.#temporary, { mode: "change" });
      file.sync();
    }
    fs.rename(this.#temporary, this.#path);
  }

  /** Removes the file unless it was committed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#packer.controller.error(new Error("not committed"));
    await this.#written.catch(() => {});
    removeIfPossible(this.#temporary);
  }
}

/** Samples are UTF-8. */
function hashOf(bytes: Uint8Array): string {
  return sha256Hex(new TextDecoder().decode(bytes));
}
