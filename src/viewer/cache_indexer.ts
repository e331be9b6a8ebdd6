import type { CachedEntry } from "../cache/cached_entry.ts";
import { CacheError } from "../errors.ts";
import { DirectoryTree, segmentsOf } from "./directory_tree.ts";
import { firstEntry } from "./first_entry.ts";
import type { KnownSet } from "./known_sets.ts";
import { emptySummary, restoredSummary } from "./mutable_summary.ts";
import { readDirectory, type ReadDirectoryParts } from "./read_directory.ts";
import { setFromEntry } from "./sample_set.ts";
import { TimeLeft } from "./time_left.ts";
import type { ReadingProgress } from "./view_data.ts";
import type { IndexedSet } from "./view_index.ts";

/** The properties of a set by which it can be selected. */
export interface SetHead {
  /** The model, or the name of its directory if no sample is usable. */
  readonly model: string;
  /** The name of the parameters directory. */
  readonly parameters: string;
  /** Returns the prompt, or `null` if no sample is usable. It may have to read a file. */
  readonly prompt: () => CachedEntry["prompt"] | null;
}

/** The cache, index and sets of an indexer. */
export interface CacheIndexerParts extends Omit<ReadDirectoryParts, "setOf"> {
  /** Whether a set is shown. */
  readonly isChosen: (head: SetHead) => boolean;
  /** Called with what cannot be read. */
  readonly warn: (message: string) => void;
}

/** The name of the file that most directories have. */
const FIRST = "seed_00000.json";

/** How many files are tried to describe a new directory whose first file is missing or unusable. */
const HEADS = 3;

/**
 * Reads a cache into an index and keeps it up to date: first which sets there are, then their samples.
 * Its generators can be interrupted at any step.
 */
export class CacheIndexer {
  readonly #parts: CacheIndexerParts;
  readonly #tree: DirectoryTree;
  /** The modification time of each directory when it was read; `null` if it must be read again. */
  readonly #read: Map<string, number | null>;
  /** The modification times of the directories that are to be read. */
  readonly #waiting = new Map<string, number>();
  /** The same directories; the last one is read next. */
  #queue: string[] = [];
  /** The directories whose files have not been counted. */
  readonly #uncounted: string[] = [];
  #timeLeft = new TimeLeft();
  /** Callers that wait for a directory to be read. */
  readonly #prioritized = new Map<string, PromiseWithResolvers<void>>();
  /** The sets of an earlier run, by directory, until the first scan confirms that they still exist. */
  readonly #stored: Map<string, IndexedSet[]>;

  /** Creates an indexer from what the index contains, without reading the cache yet. */
  constructor(parts: CacheIndexerParts) {
    const { cache, index, sets, warn } = parts;
    this.#parts = parts;
    this.#tree = new DirectoryTree(cache.cacheDirs, warn);
    this.#read = new Map(index.directories());
    this.#stored = Map.groupBy(index.sets(), ({ directory }) => directory);
    for (const { number } of [...this.#stored.values()].flat()) {
      sets.reserve(number);
    }
  }

  /** Whether samples are still to be read. */
  get isBehind(): boolean {
    return this.#waiting.size > 0;
  }

  /** Returns how many samples have been read, or `null` if all have. */
  progress(): ReadingProgress | null {
    if (!this.isBehind) {
      this.#timeLeft = new TimeLeft();
      return null;
    }
    let [done, total] = [0, 0];
    for (const { isChosen, row: { summary } } of this.#parts.sets.all()) {
      if (!isChosen) continue;
      done += summary.samples + summary.unusable;
      total += summary.files;
    }
    return { done, total, secondsLeft: this.#timeLeft.seconds(done, total) };
  }

  /** Scans the directories: finds out which sets there are and which samples are to be read. */
  *scan(): Generator<void, void, undefined> {
    const gone = new Set([
      ...this.#read.keys(),
      ...this.#stored.keys(),
      ...this.#parts.sets.directories(),
    ]);
    let hasMore = false;
    for (const { directory, modified } of this.#tree.prompts()) {
      gone.delete(directory);
      const hasChanged = this.#read.get(directory) !== modified;
      if (this.#discover(directory) && hasChanged) {
        this.#waiting.set(directory, modified);
        hasMore = true;
      }
      yield;
    }
    for (const directory of gone) {
      this.#forget(directory);
      yield;
    }
    if (!hasMore) return;
    this.#queue = [...this.#waiting].sort(([, a], [, b]) => a - b)
      .map(([directory]) => directory);
  }

  /** Counts the files of new sets. */
  *count(): Generator<void, void, undefined> {
    const { cache, sets } = this.#parts;
    for (const directory of this.#uncounted.splice(0)) {
      for (const set of sets.at(directory).slice(0, 1)) {
        try {
          const { files } = cache.prompt(segmentsOf(directory));
          set.row.summary.files = files.length;
          sets.change(set);
        } catch (error) {
          this.#warn(error);
        }
      }
      yield;
    }
  }

  /** Reads the samples of waiting directories until a time. */
  *read(untilMs: number): Generator<void, void, undefined> {
    while (performance.now() < untilMs) {
      const directory = this.#queue.pop();
      if (directory === undefined) break;
      if (this.#waiting.has(directory)) yield* this.#readNow(directory);
    }
  }

  /** Reads the samples of a set next, and resolves when they have been read. */
  async prioritize({ directory }: KnownSet): Promise<void> {
    if (!this.#waiting.has(directory)) return;
    this.#queue.push(directory);
    const read = this.#prioritized.get(directory) ??
      Promise.withResolvers<void>();
    this.#prioritized.set(directory, read);
    await read.promise;
  }

  *#readNow(directory: string): Generator<void, void, undefined> {
    try {
      const settled = yield* readDirectory(directory, {
        ...this.#parts,
        setOf: (entry) => this.#setOf(directory, entry),
      });
      this.#read.set(directory, settled);
    } catch (error) {
      this.#warn(error);
    }
    this.#waiting.delete(directory);
    this.#prioritized.get(directory)?.resolve();
    this.#prioritized.delete(directory);
  }

  /** Adds the sets of a new directory; returns whether a set of the directory is shown. */
  #discover(directory: string): boolean {
    const { sets } = this.#parts;
    try {
      if (sets.at(directory).length === 0) {
        const stored = this.#stored.get(directory);
        this.#stored.delete(directory);
        if (stored === undefined) this.#describe(directory);
        else this.#restore(stored);
      }
    } catch (error) {
      this.#warn(error);
    }
    return sets.at(directory).some(({ isChosen }) => isChosen);
  }

  #restore(stored: readonly IndexedSet[]): void {
    for (const { row, ...set } of stored) {
      const summary = restoredSummary(row.summary);
      this.#add({ ...set, row: { ...row, summary } }, null, {
        isDescribed: true,
        isIndexed: true,
      });
    }
  }

  /** Adds the set of a new directory. Usually the first file suffices, and the others are counted later. */
  #describe(directory: string): void {
    const { cache } = this.#parts;
    const first = cache.sample(segmentsOf(directory), FIRST);
    if (first?.problem === null) {
      this.#setOf(directory, first.entry).row.summary.files = 1;
      this.#uncounted.push(directory);
      return;
    }
    const prompt = cache.prompt(segmentsOf(directory));
    if (prompt.files.length === 0) return;
    const heads = { ...prompt, files: prompt.files.slice(0, HEADS) };
    const entry = cache.samples(heads)
      .find(({ problem }) => problem === null)?.entry ?? null;
    this.#setOf(directory, entry).row.summary.files = prompt.files.length;
  }

  /** Returns the set of an entry, a new one if it is the first; for an unusable file any set of its directory. */
  #setOf(directory: string, entry: CachedEntry | null): KnownSet {
    const { sets } = this.#parts;
    const here = sets.at(directory);
    const known = entry === null
      ? here[0]
      : here.find(({ row, isDescribed }) =>
        isDescribed && row.model === entry.model
      );
    if (known !== undefined) return known;
    const undescribed = here.find(({ isDescribed }) => !isDescribed);
    const model = entry?.model ?? segmentsOf(directory)[0];
    const row = setFromEntry(entry, {
      id: undescribed?.row.id ?? sets.idOf(directory, model),
      model,
      path: directory,
      summary: undescribed?.row.summary ?? emptySummary(0),
    });
    const isDescribed = entry !== null;
    if (undescribed === undefined) {
      return this.#add({ number: sets.nextNumber(), directory, row }, entry, {
        isDescribed,
        isIndexed: false,
      });
    }
    const isChosen = this.#isChosen({ directory, row }, entry);
    return Object.assign(undescribed, { isDescribed, row, isChosen });
  }

  #add(
    set: IndexedSet,
    entry: CachedEntry | null,
    state: Pick<KnownSet, "isDescribed" | "isIndexed">,
  ): KnownSet {
    const isChosen = this.#isChosen(set, entry);
    const known: KnownSet = { ...set, ...state, isChosen, generation: 0 };
    this.#parts.sets.add(known);
    return known;
  }

  #isChosen(
    { directory, row: { model } }: Pick<IndexedSet, "directory" | "row">,
    entry: CachedEntry | null,
  ): boolean {
    const { cache, isChosen } = this.#parts;
    return isChosen({
      model,
      parameters: segmentsOf(directory)[1],
      prompt: () =>
        (entry ?? firstEntry(cache, directory, model))?.prompt ?? null,
    });
  }

  #forget(directory: string): void {
    const { index, sets } = this.#parts;
    this.#waiting.delete(directory);
    this.#read.delete(directory);
    const stored = this.#stored.get(directory) ?? [];
    this.#stored.delete(directory);
    index.removeDirectory(directory);
    for (const { number } of [...stored, ...sets.at(directory)]) {
      index.removeSet(number);
    }
    for (const set of sets.at(directory)) sets.remove(set);
  }

  #warn(error: unknown): void {
    if (!(error instanceof CacheError)) throw error;
    this.#parts.warn(error.message);
  }
}
