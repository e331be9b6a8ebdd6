import { cacheError } from "../cache_error.ts";
import { compression } from "../platform/deno/compression.ts";
import { fs } from "../platform/deno/fs.ts";
import type { FileInfo } from "../platform/fs.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { PackLines } from "./pack_lines.ts";
import { readPackName } from "./pack_name.ts";

/** A pack that was read. */
interface KnownPack {
  readonly facts: FileInfo;
  readonly names: ReadonlySet<string>;
  /** Its content, as long as there is memory. */
  readonly lines: WeakRef<PackLines>;
}

/** The number of packs whose names are remembered. */
const MAX_KNOWN = 16;

/** Reads packs, and reads a pack again only if it has changed. */
export class PackReader {
  /** The packs by path, most recently read last. */
  readonly #known = new Map<string, KnownPack>();

  /**
   * Returns the names of the files in a pack, or `null` if it does not exist.
   *
   * @throws {CacheError} If it cannot be read.
   */
  names(path: string): ReadonlySet<string> | null {
    return this.#open(path)?.names ?? null;
  }

  /**
   * Reads a file in a pack, or returns `null` if the pack does not exist or does not contain it.
   *
   * @throws {CacheError} If the pack cannot be read.
   */
  read(path: string, name: string): Uint8Array<ArrayBuffer> | null {
    const known = this.#open(path);
    if (known === null || !known.names.has(name)) return null;
    const lines = known.lines.deref() ?? this.#read(path, known.facts);
    return lines?.read(name) ?? null;
  }

  /** Reads a file in a pack that was read last and is still in memory, or returns `null`. */
  readKnown(path: string, name: string): Uint8Array<ArrayBuffer> | null {
    return this.#known.get(path)?.lines.deref()?.read(name) ?? null;
  }

  #open(path: string): KnownPack | null {
    const facts = lstatIfExists(path);
    if (!facts?.isFile) return null;
    const known = this.#known.get(path);
    const isUnchanged = known?.facts.sizeBytes === facts.sizeBytes &&
      known.facts.modifiedMs === facts.modifiedMs;
    if (isUnchanged) return known;
    return this.#read(path, facts) === null ? null : this.#known.get(path)!;
  }

  #read(path: string, facts: FileInfo): PackLines | null {
    const lines = readPack(path);
    this.#known.delete(path);
    if (lines === null) return null;
    const names = new Set(lines.names);
    this.#known.set(path, { facts, names, lines: new WeakRef(lines) });
    if (this.#known.size > MAX_KNOWN) {
      this.#known.delete(this.#known.keys().next().value!);
    }
    return lines;
  }
}

/**
 * Reads a pack, or returns `null` if it does not exist.
 *
 * @throws {CacheError} If it cannot be read.
 */
export function readPack(path: string): PackLines | null {
  const { format } = readPackName(path.slice(path.lastIndexOf("/") + 1))!;
  try {
    return new PackLines(compression.decompress(fs.readBytes(path), format));
  } catch (error) {
    if (fs.isNotFound(error)) return null;
    throw cacheError("cannot read", path, error);
  }
}
