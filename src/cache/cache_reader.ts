import type { CacheDirectory } from "./cache_path.ts";
import { DEFAULTS } from "../options/settings.ts";
import { isSameFile } from "../platform/is_same_file.ts";
import { joinPath } from "../platform/join_path.ts";
import { type CachedEntry, misplacement } from "./cached_entry.ts";
import { readPackName } from "./pack_name.ts";
import { CachedEntryParser } from "./cached_entry_parser.ts";
import {
  type CachedFile,
  EntryReader,
  type StoredEntry,
} from "./entry_reader.ts";

/** A prompt directory of a cache: the samples of one prompt with one model and one set of parameters. */
export interface CachedPrompt {
  /** The SHA-256 of the prompt, in hexadecimal. Another model or other parameters can have the same key. */
  readonly key: string;
  /** The path segments from the cache directory to the prompt directory. */
  readonly segments: readonly [
    model: string,
    parameters: string,
    prefix: string,
    key: string,
  ];
  /** The path of the prompt directory in the first cache directory. */
  readonly path: string;
  /** The sample files, by seed. */
  readonly files: readonly CachedFile[];
  /** The packs that cannot be read. Their samples are unknown. */
  readonly unreadable: readonly UnreadablePack[];
  /** The names of all other files in this directory: locks, quarantined files, unfinished writes. */
  readonly others: readonly string[];
}

/** A pack that cannot be read. */
export interface UnreadablePack {
  /** The cache directory that contains it. */
  readonly cacheDir: string;
  /** The path of the pack. */
  readonly path: string;
  /** Why it cannot be read. */
  readonly reason: string;
}

/** A sample file and its content. */
export interface CachedSample extends CachedFile {
  /** The size of the entry in bytes. In a pack, it is compressed. */
  readonly sizeBytes: number;
  /** The content, or `null` if it cannot be read. */
  readonly entry: CachedEntry | null;
  /** Why the client never returns this sample: it is unreadable or misplaced. `null` if it is sound. */
  readonly problem: string | null;
  /** Whether the file is corrupt, and not only misplaced or written by another program. */
  readonly isCorrupt: boolean;
}

/**
 * Reads whole cache directories, including samples of the Python package. It reads files only while
 * you iterate, so that memory stays bounded, skips files that disappear meanwhile, and writes nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CacheReader, RolloutsClient } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start();
 * const cacheDir = Deno.makeTempDirSync();
 * await using client = new RolloutsClient({
 *   model: "qwen/qwen3-30b-a3b",
 *   baseUrl: mock.baseUrl,
 *   apiKey: "sk-example",
 *   cacheDir,
 * });
 * await client.generate("What is 5*10?", { nSamples: 3 });
 * const cache = new CacheReader(cacheDir);
 * for (const prompt of cache.prompts()) {
 *   const seeds = [...cache.samples(prompt)].map(({ entry }) => entry?.response.seed);
 *   assertEquals(seeds, [0, 1, 2]);
 * }
 * ```
 */
export class CacheReader {
  /** The absolute paths of the cache directories. */
  readonly cacheDirs: readonly string[];
  readonly #layers: readonly EntryReader[];
  readonly #parser = new CachedEntryParser();

  /**
   * Creates a reader without reading anything yet.
   *
   * @param cacheDir The cache directory, by default that of the client. If it is a list, the samples of all
   * directories are read; if several have a file with the same name, the first one is used.
   */
  constructor(cacheDir: string | readonly string[] = DEFAULTS.cacheDir) {
    this.#layers = EntryReader.layers(cacheDir);
    this.cacheDirs = this.#layers.map(({ root }) => root);
  }

  /**
   * Iterates over all prompt directories in the order of their paths. A missing cache directory has none.
   *
   * @throws {CacheError} If a directory cannot be read.
   */
  *prompts(): Generator<CachedPrompt, void, undefined> {
    for (const model of this.#subdirectories([])) {
      for (const parameters of this.#subdirectories([model])) {
        for (const prefix of this.#subdirectories([model, parameters])) {
          const parent = [model, parameters, prefix] as const;
          for (const key of this.#subdirectories(parent)) {
            yield this.prompt([...parent, key]);
          }
        }
      }
    }
  }

  /**
   * Lists one prompt directory. A missing directory has no files.
   *
   * @throws {CacheError} If the directory cannot be read.
   */
  prompt(segments: CachedPrompt["segments"]): CachedPrompt {
    const unreadable: UnreadablePack[] = [];
    const listed = this.#layers.map((entries) =>
      entries.list(segments, ({ path, message }) => {
        const { root: cacheDir } = entries;
        unreadable.push({ cacheDir, path: path!, reason: message });
      })
    );
    const files = new Map<string, CachedFile>();
    for (const [name, file] of listed.flatMap(({ files }) => [...files])) {
      if (!files.has(name)) files.set(name, file);
    }
    const others = listed[0]!.others;
    return {
      key: segments[3],
      segments,
      path: this.#layers[0]!.path(segments),
      files: [...files.values()].sort((a, b) =>
        a.seed - b.seed || a.name.length - b.name.length ||
        (a.name < b.name ? -1 : 1)
      ),
      unreadable,
      others: [...others].sort(),
    };
  }

  /**
   * Reads the samples of a prompt, by seed. Unusable files and packs are included, with their problem.
   *
   * @throws {CacheError} If a file exists and cannot be read.
   */
  *samples(
    { segments, files, unreadable }: CachedPrompt,
  ): Generator<CachedSample, void, undefined> {
    for (const file of files) {
      const sample = this.#read(file, segments);
      if (sample !== null) yield sample;
    }
    yield* unreadable.map(unusablePack);
  }

  /**
   * Reads one sample, or returns `null` if the file does not exist or is not named like a sample.
   *
   * @param file The file's name, or what {@linkcode CacheReader.prompt} lists, which is not looked for again.
   * @throws {CacheError} If the file exists and cannot be read.
   */
  sample(
    segments: CachedPrompt["segments"],
    file: string | CachedFile,
  ): CachedSample | null {
    if (typeof file !== "string") return this.#read(file, segments);
    for (const entries of this.#layers) {
      const found = entries.file(segments, file);
      if (found !== null) return this.#read(found, segments);
    }
    return null;
  }

  /**
   * Lists the files of runs that were killed or are still in progress (locks, lock holders, unfinished
   * writes) and quarantined files. Of several cache directories, only the first is searched.
   *
   * @throws {CacheError} If a directory cannot be read.
   */
  *staleFiles(): Generator<string, void, undefined> {
    const [own] = this.#layers;
    for (const name of own!.list([]).others) {
      if (STALE.test(name)) yield joinPath(own!.root, name);
    }
    for (const { path, others } of this.prompts()) {
      for (const name of others) {
        if (STALE.test(name)) yield `${path}/${name}`;
      }
    }
  }

  /**
   * Returns the content of a sample's file, or `null` if the file no longer exists.
   *
   * @throws {CacheError} If it cannot be read.
   */
  read(
    segments: CachedPrompt["segments"],
    file: Pick<CachedFile, "name" | "path" | "cacheDir" | "isPacked">,
  ): Uint8Array<ArrayBuffer> | null {
    return this.#stored(segments, file)?.bytes ?? null;
  }

  #stored(
    segments: CachedPrompt["segments"],
    file: Pick<CachedFile, "name" | "path" | "cacheDir" | "isPacked">,
  ): StoredEntry | null {
    const entries = this.#layers.find(({ root }) => root === file.cacheDir);
    return entries?.readListed(segments, file) ?? null;
  }

  #subdirectories(segments: readonly string[]): string[] {
    const names = this.#layers
      .flatMap((entries) => entries.subdirectories(segments));
    return this.#layers.length === 1 ? names : [...new Set(names)].sort();
  }

  /** Returns `null` if the file has disappeared. */
  #read(file: CachedFile, segments: CacheDirectory): CachedSample | null {
    if (!file.isFile) return { ...file, ...NO_FILE };
    const stored = this.#stored(segments, file);
    if (stored === null) return null;
    const { path, bytes } = stored;
    const result = this.#parser.parse(bytes, file.seed);
    const { entry } = result;
    return {
      ...file,
      path,
      sizeBytes: bytes.length,
      ...result,
      problem: entry === null
        ? result.problem
        : misplacement(entry, ownSegments(entry, path, segments), file.name),
    };
  }
}

function unusablePack(
  { cacheDir, path, reason }: UnreadablePack,
): CachedSample {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    ...NO_FILE,
    name,
    seed: readPackName(name)!.firstSeed,
    digest: null,
    isFile: true,
    isLink: false,
    isPacked: true,
    cacheDir,
    path,
    problem: reason,
  };
}

/** The content of what is named like a sample and is not a file. */
const NO_FILE = {
  sizeBytes: 0,
  entry: null,
  problem: "it is not a file",
  isCorrupt: false,
} as const;

const STALE =
  /^\..+\.tmp$|^\.(seeds_\d+-\d+|samples)\.lock|^\.(owner|run)-|\.corrupt-\d+$/;

/**
 * Returns the segments of a file's path, with the model as its entry spells it if the file system takes
 * both for the same: a model whose name differs only in case then shares the directory.
 */
function ownSegments(
  { location }: CachedEntry,
  path: string,
  segments: CacheDirectory,
): CacheDirectory {
  const [model, ...others] = segments;
  const own = location?.segments[0] ?? model;
  const isSameName = own !== model && own.toLowerCase() === model.toLowerCase();
  if (!isSameName) return segments;
  const name = path.split("/").at(-1)!;
  const modelAt = path.length - [...segments, name].join("/").length;
  const other = path.slice(0, modelAt) + own +
    path.slice(modelAt + model.length);
  return isSameFile(path, other) ? [own, ...others] : segments;
}
