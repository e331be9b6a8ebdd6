import type { CacheDirectory } from "../request/cache_key.ts";
import { cacheError } from "../cache_error.ts";
import { readSampleFileName } from "./sample_file_name.ts";
import { DEFAULTS } from "../options/options.ts";
import { absolutePath } from "../platform/absolute_path.ts";
import {
  directoryEntries,
  type DirectoryEntry,
  isNotFound,
  readFileBytes,
} from "../platform/deno/file_system.ts";
import { joinPath } from "../platform/join_path.ts";
import {
  type ArchivedEntry,
  archivedEntry,
  misplacement,
} from "./archived_entry.ts";

/** A prompt whose samples are in a cache directory. */
export interface ArchivedPrompt {
  /** Its name: the SHA-256 of the prompt, in hexadecimal. Another model or parameters can have the same. */
  readonly key: string;
  /** The names of the directories that lead to it: of the model, of the parameters, the key's beginning, the key. */
  readonly place: readonly [
    model: string,
    parameters: string,
    prefix: string,
    key: string,
  ];
  /** Its directory. */
  readonly path: string;
  /** The files of its samples, by seed. */
  readonly files: readonly ArchivedFile[];
  /** The names of what else is in it: claims, files set aside, what was never finished. */
  readonly others: readonly string[];
}

/** The file of a sample. */
export interface ArchivedFile {
  /** Its name. */
  readonly name: string;
  /** The seed that the name tells. */
  readonly seed: number;
  /** Whether it is a file, and no directory, pipe or link; none of those is read. */
  readonly isFile: boolean;
}

/** A file of a sample, read. */
export interface ArchivedSample extends ArchivedFile {
  /** The file. */
  readonly path: string;
  /** Its size. */
  readonly sizeBytes: number;
  /** What it says; null where that cannot be read. */
  readonly entry: ArchivedEntry | null;
  /** Why it is given for no answer: it cannot be read, or lies where another belongs. Null where it is sound. */
  readonly problem: string | null;
  /** Whether it is broken, and not only of another program's making or in a wrong place. */
  readonly isCorrupt: boolean;
}

/**
 * All that is in a cache directory, this package's samples and the Python package's. It is read as
 * it is gone through, so that memory is bounded; nothing is written. What vanishes meanwhile is left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RolloutsClient, SampleArchive } from "@rollouts/client";
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
 * const archive = new SampleArchive(cacheDir);
 * for (const prompt of archive.prompts()) {
 *   const seeds = [...archive.samples(prompt)].map(({ entry }) => entry?.response.seed);
 *   assertEquals(seeds, [0, 1, 2]);
 * }
 * ```
 */
export class SampleArchive {
  /** The path of the cache directory. */
  readonly cacheDir: string;

  /**
   * Makes it; nothing is read yet.
   *
   * @param cacheDir The cache directory, as a client's option.
   */
  constructor(cacheDir: string = DEFAULTS.cacheDir) {
    this.cacheDir = absolutePath(cacheDir);
  }

  /**
   * The prompts, in the order of their places and keys; none where the directory does not exist.
   *
   * @throws {CacheError} Where a directory cannot be read.
   */
  *prompts(): Generator<ArchivedPrompt, void, undefined> {
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
   * The prompt whose directory has a place; without files where it does not exist.
   *
   * @throws {CacheError} Where the directory cannot be read.
   */
  prompt(place: ArchivedPrompt["place"]): ArchivedPrompt {
    const path = joinPath(this.cacheDir, ...place);
    const files: ArchivedFile[] = [];
    const others: string[] = [];
    for (const { name, isFile } of list(path)) {
      const seed = readSampleFileName(name)?.seed;
      if (seed === undefined) others.push(name);
      else files.push({ name, seed, isFile });
    }
    files.sort((a, b) =>
      a.seed - b.seed || a.name.length - b.name.length ||
      (a.name < b.name ? -1 : 1)
    );
    return { key: place[3], place, path, files, others: others.sort() };
  }

  /**
   * The samples of a prompt, by seed. A file that cannot be used is among them, with its problem.
   *
   * @throws {CacheError} Where a file is there and cannot be read.
   */
  *samples(
    { path, place, files }: ArchivedPrompt,
  ): Generator<ArchivedSample, void, undefined> {
    for (const file of files) {
      const sample = readSample(`${path}/${file.name}`, file, place);
      if (sample !== null) yield sample;
    }
  }

  /**
   * Files that a run has left which was killed, or is under way: claims, their owners, and what was
   * never finished; and corrupt files that were set aside.
   *
   * @throws {CacheError} Where a directory cannot be read.
   */
  *leftOvers(): Generator<string, void, undefined> {
    for (const { name } of list(this.cacheDir)) {
      if (LEFT_OVER.test(name)) yield joinPath(this.cacheDir, name);
    }
    for (const { path, others } of this.prompts()) {
      for (const name of others) {
        if (LEFT_OVER.test(name)) yield `${path}/${name}`;
      }
    }
  }
}

/** What a run leaves that was killed, and files that were set aside as corrupt. */
const LEFT_OVER = /^\..+\.tmp$|^\.seed_\d+\.claim|^\.owner-|\.corrupt-\d+$/;

/** What a file says; null where it has vanished. */
function readSample(
  path: string,
  { name, seed, isFile }: ArchivedFile,
  place: CacheDirectory,
): ArchivedSample | null {
  let bytes = new Uint8Array();
  try {
    if (isFile) bytes = readFileBytes(path);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw cacheError("cannot read", path, error);
  }
  const file = { path, name, seed, isFile, sizeBytes: bytes.length };
  const failed = (problem: string, isCorrupt: boolean) => ({
    ...file,
    entry: null,
    problem,
    isCorrupt,
  });
  if (!isFile) return failed("it is no file", false);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return failed("it is not UTF-8", true);
  }
  try {
    const reading = archivedEntry(text);
    if (!("entry" in reading)) {
      return failed(reading.problem, reading.isCorrupt);
    }
    const { entry } = reading;
    const problem = misplacement(entry, place, name);
    return { ...file, entry, problem, isCorrupt: false };
  } catch (error) {
    // What is odd in one file, such as nesting without end, must not stop the others.
    const reason = error instanceof Error ? error.message : error;
    return failed(`it cannot be made sense of: ${reason}`, false);
  }
}

/** Links are not followed: they may lead out of the cache. */
function directories(...path: string[]): string[] {
  const [root = "", ...names] = path;
  return list(joinPath(root, ...names))
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
}

function list(path: string): DirectoryEntry[] {
  try {
    return directoryEntries(path);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw cacheError("cannot read", path, error);
  }
}
