import type { CachedEntry } from "../cache/cached_entry.ts";
import type { CacheReader } from "../cache/cache_reader.ts";
import { fileFacts } from "../platform/cache_files.ts";
import { directoryModifiedMs } from "../platform/directories.ts";
import { segmentsOf } from "./segments_of.ts";
import { settledAt } from "./directory_tree.ts";
import type { KnownSet } from "./known_sets.ts";
import { promptText } from "./prompt_text.ts";
import { sampleHead, unusableHead } from "./sample_head.ts";
import { addSample, emptySummary } from "./set_summary.ts";
import type { IndexedFile, ViewIndex } from "./view_index.ts";

/** What the reading of a directory works with. */
export interface ReadDirectoryParts {
  /** The cache. */
  readonly cache: CacheReader;
  /** Where samples are kept. */
  readonly index: ViewIndex;
  /** Whether texts go into the index. */
  readonly isSearched: boolean;
  /** The sets of the directory. */
  readonly sets: () => readonly KnownSet[];
  /** The set of an entry; null for a file that cannot be used. */
  readonly setOf: (entry: CachedEntry | null) => KnownSet;
  /** Notes that a set has changed. */
  readonly change: (set: KnownSet) => void;
  /** Removes a set. */
  readonly remove: (set: KnownSet) => void;
}

/** How many samples are written to the index together: more take the event loop for too long. */
const SAMPLES_A_COMMIT = 200;

/**
 * Brings the index up to what is in the directory of a prompt: files that are new or other are read, and
 * those that are gone forgotten. It may be left at any time; what has been read until then stays.
 *
 * @returns When the directory was written, or null where it has to be read again.
 * @throws {CacheError} Where the directory cannot be read.
 */
export function* readDirectory(
  directory: string,
  parts: ReadDirectoryParts,
): Generator<void, number | null, undefined> {
  const { cache, index } = parts;
  const prompt = cache.prompt(segmentsOf(directory));
  const modified = directoryModifiedMs(prompt.path);
  const settled = modified === null ? null : settledAt(modified, Date.now());
  const reading = new DirectoryReading(directory, parts);
  let isWhole = false;
  index.begin();
  try {
    let read = 0;
    for (const { name, seed } of prompt.files) {
      if (reading.take(name, seed, prompt.path)) read++;
      if (read === SAMPLES_A_COMMIT) {
        read = 0;
        reading.keep();
        index.commit();
        index.begin();
      }
      yield;
    }
    reading.dropOthers();
    index.putDirectory(directory, settled);
    isWhole = true;
  } finally {
    if (!isWhole) index.putDirectory(directory, null);
    reading.keep();
    index.commit();
  }
  return settled;
}

/** The sets of a directory while its files are gone through. */
class DirectoryReading {
  readonly #directory: string;
  readonly #parts: ReadDirectoryParts;
  /** The files that the index has, and that have not been seen again. */
  readonly #left = new Map<string, IndexedFile & { readonly set: KnownSet }>();
  /** The prompts of sets whose words are not in the index yet. */
  readonly #prompts = new Map<KnownSet, string>();
  readonly #changed = new Set<KnownSet>();
  /** Those from which something was taken: they are counted anew. */
  readonly #shrunk = new Set<KnownSet>();

  constructor(directory: string, parts: ReadDirectoryParts) {
    this.#directory = directory;
    this.#parts = parts;
    for (const set of parts.sets()) {
      for (const file of parts.index.files(set.number)) {
        this.#left.set(file.name, { ...file, set });
      }
    }
  }

  /** Reads a file, unless it is as it was; whether it has been read. */
  take(name: string, seed: number, path: string): boolean {
    const facts = fileFacts(`${path}/${name}`);
    if (facts === null) return false;
    const known = this.#left.get(name);
    const isSame = known?.size === facts.sizeBytes &&
      known.modified === facts.modifiedMs;
    if (isSame) {
      this.#left.delete(name);
      return false;
    }
    const { index, isSearched, setOf } = this.#parts;
    const { head, entry } = this.#read(name, seed);
    if (head === null) return false;
    if (known !== undefined) this.#drop(name);
    const set = setOf(entry);
    if (entry !== null && !set.isIndexed) {
      set.isIndexed = true;
      this.#prompts.set(set, promptText(entry.prompt));
    }
    index.addSample(
      set.number,
      facts,
      head,
      isSearched ? entry?.response ?? null : null,
    );
    const { summary } = set.row;
    addSample(summary, head);
    summary.files = Math.max(summary.files, summary.samples + summary.unusable);
    this.#changed.add(set);
    return true;
  }

  /** Forgets the files that have not been seen. */
  dropOthers(): void {
    for (const name of [...this.#left.keys()]) this.#drop(name);
    // What was taken for its number of files was the whole directory's.
    for (const set of this.#parts.sets()) {
      const { summary } = set.row;
      const files = summary.samples + summary.unusable;
      if (summary.files !== files) this.#changed.add(set);
      summary.files = files;
    }
  }

  /** Writes down the sets. */
  keep(): void {
    const { index, change, remove } = this.#parts;
    for (const set of this.#shrunk) {
      const heads = index.heads(set.number);
      const summary = emptySummary(heads.length);
      for (const head of heads) addSample(summary, head);
      set.row = { ...set.row, summary };
    }
    for (const set of this.#changed) {
      const isEmpty = set.row.summary.files === 0;
      if (isEmpty) {
        index.removeSet(set.number);
        remove(set);
      } else {
        index.putSet(set, this.#prompts.get(set) ?? null);
        change(set);
      }
    }
    this.#changed.clear();
    this.#shrunk.clear();
    this.#prompts.clear();
  }

  #drop(name: string): void {
    const { id, set } = this.#left.get(name)!;
    this.#left.delete(name);
    this.#parts.index.removeSample(id);
    this.#shrunk.add(set);
    this.#changed.add(set);
  }

  /** What a file says; no head where it has vanished, and no entry where it cannot be used. */
  #read(name: string, seed: number) {
    try {
      const sample = this.#parts.cache.sample(
        segmentsOf(this.#directory),
        name,
      );
      if (sample === null) return { head: null, entry: null };
      const entry = sample.problem === null ? sample.entry : null;
      return { head: sampleHead(sample), entry };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { head: unusableHead(name, seed, reason), entry: null };
    }
  }
}
