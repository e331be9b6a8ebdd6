import { CacheError } from "../errors.ts";
import { joinPath } from "../runtime/join_path.ts";
import { type ArchivedEntry, archivedEntry } from "./archived_entry.ts";

/** A prompt whose samples are in a cache directory. */
export interface ArchivedPrompt {
  /** Its name: the SHA-256 of the prompt, in hexadecimal. Another model or parameters can have the same. */
  readonly key: string;
  /** The names of the directories that lead to it: of the model, and of the parameters. */
  readonly place: readonly [model: string, parameters: string];
  /** Its directory. */
  readonly path: string;
  /** The names of the files of samples in it, by seed. */
  readonly names: readonly string[];
  /** The names of what else is in it: claims, files set aside, what was never finished. */
  readonly others: readonly string[];
}

/** A file of a sample. */
export interface ArchivedSample {
  /** The file. */
  readonly path: string;
  /** Its size. */
  readonly sizeBytes: number;
  /** What it says; null where it cannot be used. */
  readonly entry: ArchivedEntry | null;
  /** Why it cannot be used; null where it can. */
  readonly problem: string | null;
  /** Whether it is broken, and not only of another program's making. */
  readonly isCorrupt: boolean;
}

/**
 * All that is in a cache directory, this package's samples and the Python package's. It is read as
 * it is gone through, so that memory is bounded; nothing is written.
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
  readonly #root: string;

  /**
   * Makes it; nothing is read yet.
   *
   * @param cacheDir The cache directory, as a client's option.
   */
  constructor(cacheDir: string) {
    this.#root = cacheDir;
  }

  /**
   * The prompts, in the order of their places and keys; none where the directory does not exist.
   *
   * @throws {CacheError} Where a directory cannot be read.
   */
  *prompts(): Generator<ArchivedPrompt, void, undefined> {
    for (const model of directories(this.#root)) {
      for (const parameters of directories(this.#root, model)) {
        const place = [model, parameters] as const;
        for (const prefix of directories(this.#root, ...place)) {
          for (const key of directories(this.#root, ...place, prefix)) {
            const path = joinPath(this.#root, ...place, prefix, key);
            yield { key, place, path, ...namesIn(path) };
          }
        }
      }
    }
  }

  /**
   * The samples of a prompt, by seed. A file that cannot be used is among them, with its problem.
   *
   * @throws {CacheError} Where a file is there and cannot be read.
   */
  *samples(
    { path, names }: ArchivedPrompt,
  ): Generator<ArchivedSample, void, undefined> {
    for (const name of names) yield readSample(`${path}/${name}`);
  }

  /**
   * Files that a run has left which was killed, or is under way: claims, their owners, and what was
   * never finished; and corrupt files that were set aside.
   *
   * @throws {CacheError} Where a directory cannot be read.
   */
  *leftOvers(): Generator<string, void, undefined> {
    for (const { name } of list(this.#root)) {
      if (LEFT_OVER.test(name)) yield joinPath(this.#root, name);
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

const SAMPLE_NAME = /^seed_\d{5,16}(-[0-9a-f]{16})?\.json$/;

function readSample(path: string): ArchivedSample {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
  const sizeBytes = bytes.length;
  const failed = (problem: string, isCorrupt: boolean) => ({
    path,
    sizeBytes,
    entry: null,
    problem,
    isCorrupt,
  });
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
    return { path, sizeBytes, entry, problem: null, isCorrupt: false };
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

function namesIn(path: string) {
  const entries = list(path).toSorted((a, b) => a.name < b.name ? -1 : 1);
  const isSample = ({ name, isFile }: Deno.DirEntry) =>
    isFile && SAMPLE_NAME.test(name);
  return {
    names: entries.filter(isSample).map(({ name }) => name)
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
    others: entries.filter((entry) => !isSample(entry))
      .map(({ name }) => name),
  };
}

function list(path: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(path)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, cause: unknown): CacheError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CacheError(`cannot read ${path}: ${reason}`, path, { cause });
}
