import type { CacheDirectory } from "./cache_path.ts";
import { cacheDirectoryError, cacheError } from "../cache_error.ts";
import { DEFAULTS } from "../options/settings.ts";
import { absolutePath } from "../platform/absolute_path.ts";
import { fs } from "../platform/deno/fs.ts";
import type { DirectoryEntry } from "../platform/fs.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { isSameFile } from "../platform/is_same_file.ts";
import { joinPath } from "../platform/join_path.ts";
import {
  type CachedEntry,
  misplacement,
  parseCachedEntry,
} from "./cached_entry.ts";
import { RequestPaths } from "./request_paths.ts";
import { readSampleFileName } from "./sample_file_name.ts";

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
  /** The path of the prompt directory. */
  readonly path: string;
  /** The sample files, by seed. */
  readonly files: readonly CachedFile[];
  /** The names of all other files: locks, quarantined files, unfinished writes. */
  readonly others: readonly string[];
}

/** A file that is named like a sample. */
export interface CachedFile {
  /** The file name. */
  readonly name: string;
  /** The seed in the file name. */
  readonly seed: number;
  /** Whether it is a regular file. Directories, pipes and links are not read. */
  readonly isFile: boolean;
}

/** A sample file and its content. */
export interface CachedSample extends CachedFile {
  /** The path of the file. */
  readonly path: string;
  /** The size of the file in bytes. */
  readonly sizeBytes: number;
  /** The content, or `null` if it cannot be read. */
  readonly entry: CachedEntry | null;
  /** Why the client never returns this sample: it is unreadable or misplaced. `null` if it is sound. */
  readonly problem: string | null;
  /** Whether the file is corrupt, and not only misplaced or written by another program. */
  readonly isCorrupt: boolean;
}

/**
 * Reads a whole cache directory, including samples of the Python package. It reads files only while
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
  /** The absolute path of the cache directory. */
  readonly cacheDir: string;
  readonly #paths = new RequestPaths();

  /**
   * Creates a reader without reading anything yet.
   *
   * @param cacheDir The cache directory, by default that of the client.
   */
  constructor(cacheDir: string = DEFAULTS.cacheDir) {
    this.cacheDir = absolutePath(cacheDir);
  }

  /**
   * Iterates over all prompt directories in the order of their paths. A missing cache directory has none.
   *
   * @throws {CacheError} If a directory cannot be read.
   */
  *prompts(): Generator<CachedPrompt, void, undefined> {
    const root = this.cacheDir;
    for (const model of directories(root)) {
      for (const parameters of directories(root, model)) {
        for (const prefix of directories(root, model, parameters)) {
          for (const key of directories(root, model, parameters, prefix)) {
            yield this.prompt([model, parameters, prefix, key]);
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
    const path = joinPath(this.cacheDir, ...segments);
    const files: CachedFile[] = [];
    const others: string[] = [];
    for (const { name, isFile } of list(path, this.cacheDir)) {
      const seed = readSampleFileName(name)?.seed;
      if (seed === undefined) others.push(name);
      else files.push({ name, seed, isFile });
    }
    files.sort((a, b) =>
      a.seed - b.seed || a.name.length - b.name.length ||
      (a.name < b.name ? -1 : 1)
    );
    return { key: segments[3], segments, path, files, others: others.sort() };
  }

  /**
   * Reads the samples of a prompt, by seed. Unusable files are included, with their problem.
   *
   * @throws {CacheError} If a file exists and cannot be read.
   */
  *samples(
    { path, segments, files }: CachedPrompt,
  ): Generator<CachedSample, void, undefined> {
    for (const file of files) {
      const sample = this.#read(`${path}/${file.name}`, file, segments);
      if (sample !== null) yield sample;
    }
  }

  /**
   * Reads one sample, or returns `null` if the file does not exist or is not named like a sample.
   *
   * @throws {CacheError} If the file exists and cannot be read.
   */
  sample(
    segments: CachedPrompt["segments"],
    name: string,
  ): CachedSample | null {
    const seed = readSampleFileName(name)?.seed;
    if (seed === undefined) return null;
    const path = `${joinPath(this.cacheDir, ...segments)}/${name}`;
    const facts = lstatIfExists(path);
    if (facts === null) return null;
    return this.#read(path, { name, seed, isFile: facts.isFile }, segments);
  }

  /**
   * Lists the files of runs that were killed or are still in progress (locks, lock holders, unfinished
   * writes) and quarantined files.
   *
   * @throws {CacheError} If a directory cannot be read.
   */
  *staleFiles(): Generator<string, void, undefined> {
    for (const { name } of list(this.cacheDir, this.cacheDir)) {
      if (STALE.test(name)) yield joinPath(this.cacheDir, name);
    }
    for (const { path, others } of this.prompts()) {
      for (const name of others) {
        if (STALE.test(name)) yield `${path}/${name}`;
      }
    }
  }

  /** Returns `null` if the file has disappeared. */
  #read(
    path: string,
    { name, seed, isFile }: CachedFile,
    segments: CacheDirectory,
  ): CachedSample | null {
    let bytes = new Uint8Array();
    try {
      if (isFile) bytes = fs.readBytes(path);
    } catch (error) {
      if (fs.isNotFound(error)) return null;
      throw cacheError("cannot read", path, error);
    }
    const result = isFile
      ? parseCachedEntry(bytes, this.#paths)
      : { entry: null, problem: "it is not a file", isCorrupt: false };
    const { entry } = result;
    return {
      ...{ path, name, seed, isFile, sizeBytes: bytes.length },
      ...result,
      problem: entry === null
        ? result.problem
        : misplacement(entry, ownSegments(entry, path, segments), name),
    };
  }
}

const STALE = /^\..+\.tmp$|^\.seed_\d+\.claim|^\.owner-|\.corrupt-\d+$/;

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

/** Lists directories and no links, which may lead out of the cache. */
function directories(root: string, ...segments: string[]): string[] {
  return list(joinPath(root, ...segments), root)
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
}

function list(path: string, cacheDir: string): DirectoryEntry[] {
  try {
    return fs.readDirectory(path);
  } catch (error) {
    if (fs.isNotFound(error)) return [];
    throw path === cacheDir
      ? cacheDirectoryError("read", cacheDir, error)
      : cacheError("cannot read", path, error);
  }
}
