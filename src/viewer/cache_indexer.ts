import type { CachedEntry } from "../cache/cached_entry.ts";
import type { CacheReader } from "../cache/cache_reader.ts";
import { segmentsOf } from "./segments_of.ts";
import { DirectoryTree } from "./directory_tree.ts";
import { firstEntry } from "./first_entry.ts";
import type { KnownSet, KnownSets } from "./known_sets.ts";
import { readDirectory } from "./read_directory.ts";
import { setRow } from "./set_row.ts";
import { emptySummary, restoredSummary } from "./set_summary.ts";
import type { IndexedSet, ViewIndex } from "./view_index.ts";

/** What a set can be chosen by. */
export interface SetHead {
  /** The model; the directory's name where no sample tells. */
  readonly model: string;
  /** The name of the directory of its parameters. */
  readonly parameters: string;
  /** The prompt; null where no sample tells. It may have to be read. */
  readonly prompt: () => CachedEntry["prompt"] | null;
}

/** What a reader works with. */
export interface CacheIndexerParts {
  /** The cache. */
  readonly cache: CacheReader;
  /** Where it keeps what it has read. */
  readonly index: ViewIndex;
  /** The sets, which it fills. */
  readonly sets: KnownSets;
  /** Whether a set is shown. */
  readonly isChosen: (head: SetHead) => boolean;
  /** Whether texts go into the index. */
  readonly isSearched: boolean;
  /** Says what could not be read. */
  readonly tell: (message: string) => void;
}

/** The file that most directories have. */
const FIRST = "seed_00000.json";

/** How many files of a directory are tried for what the prompt is, when it is seen first. */
const HEADS = 3;

/**
 * Reads a cache into an index, and what changes in it from then on: first what the sets are, then their
 * samples. Its generators may be left at any time to do something else.
 */
export class CacheIndexer {
  readonly #parts: CacheIndexerParts;
  readonly #tree: DirectoryTree;
  /** When each directory was written when it was read; null where that may have been too early. */
  readonly #read: Map<string, number | null>;
  /** The directories that are to be read, and when they were written. */
  readonly #waiting = new Map<string, number>();
  /** The same, the next at the end. */
  #queue: string[] = [];
  /** The directories of which one file alone is known. */
  readonly #uncounted: string[] = [];
  /** Who waits for which of them. */
  readonly #asked = new Map<string, PromiseWithResolvers<void>>();

  /** What the index knew from an earlier time, by directory: it counts where the directory is still there. */
  readonly #kept: Map<string, IndexedSet[]>;

  /** Makes it, with what the index knows; nothing of the cache is read yet. */
  constructor(parts: CacheIndexerParts) {
    const { cache, index, sets, tell } = parts;
    this.#parts = parts;
    this.#tree = new DirectoryTree(cache.cacheDir, { tell });
    this.#read = new Map(index.directories());
    this.#kept = Map.groupBy(index.sets(), ({ directory }) => directory);
    for (const { number } of [...this.#kept.values()].flat()) {
      sets.reserve(number);
    }
  }

  /** Whether samples are still to be read. */
  get isBehind(): boolean {
    return this.#waiting.size > 0;
  }

  /** Looks at the directories: what sets there are is known then, and which samples are to be read. */
  *look(): Generator<void, void, undefined> {
    const gone = new Set([
      ...this.#read.keys(),
      ...this.#kept.keys(),
      ...this.#parts.sets.directories(),
    ]);
    let isMore = false;
    for (const { directory, modified } of this.#tree.prompts()) {
      gone.delete(directory);
      const isOther = this.#read.get(directory) !== modified;
      if (this.#isToBeRead(directory) && isOther) {
        this.#waiting.set(directory, modified);
        isMore = true;
      }
      yield;
    }
    for (const directory of gone) {
      this.#forget(directory);
      yield;
    }
    if (!isMore) return;
    this.#queue = [...this.#waiting].sort(([, a], [, b]) => a - b)
      .map(([directory]) => directory);
  }

  /** Counts the files of sets that are new. */
  *count(): Generator<void, void, undefined> {
    const { cache, sets, tell } = this.#parts;
    for (const directory of this.#uncounted.splice(0)) {
      for (const set of sets.at(directory).slice(0, 1)) {
        try {
          const { files } = cache.prompt(segmentsOf(directory));
          set.row.summary.files = files.length;
          sets.change(set);
        } catch (error) {
          if (!isOfTheCache(error)) throw error;
          tell(error.message);
        }
      }
      yield;
    }
  }

  /** Reads the samples of the directories that wait for it, until all are read or the time is up. */
  *read(untilMs: number): Generator<void, void, undefined> {
    while (performance.now() < untilMs) {
      const directory = this.#queue.pop();
      if (directory === undefined) break;
      if (this.#waiting.has(directory)) yield* this.#readNow(directory);
    }
  }

  /** Has the samples of a set read next; it resolves when they are. */
  async ask({ directory }: KnownSet): Promise<void> {
    if (!this.#waiting.has(directory)) return;
    this.#queue.push(directory);
    const asked = this.#asked.get(directory) ?? Promise.withResolvers<void>();
    this.#asked.set(directory, asked);
    await asked.promise;
  }

  *#readNow(directory: string): Generator<void, void, undefined> {
    const { cache, index, sets, isSearched, tell } = this.#parts;
    try {
      const settled = yield* readDirectory(directory, {
        cache,
        index,
        isSearched,
        sets: () => sets.at(directory),
        setOf: (entry) => this.#setOf(directory, entry),
        change: (set) => sets.change(set),
        remove: (set) => sets.remove(set),
      });
      this.#read.set(directory, settled);
    } catch (error) {
      if (!isOfTheCache(error)) throw error;
      tell(error.message);
    }
    this.#waiting.delete(directory);
    this.#asked.get(directory)?.resolve();
    this.#asked.delete(directory);
  }

  /** Whether a directory, whose sets are known from here on, has one that is shown. */
  #isToBeRead(directory: string): boolean {
    const { sets, tell } = this.#parts;
    try {
      if (sets.at(directory).length === 0) {
        const kept = this.#kept.get(directory);
        this.#kept.delete(directory);
        if (kept === undefined) this.#meet(directory);
        else this.#restore(kept);
      }
    } catch (error) {
      if (!isOfTheCache(error)) throw error;
      tell(error.message);
    }
    return sets.at(directory).some(({ isChosen }) => isChosen);
  }

  #restore(kept: readonly IndexedSet[]): void {
    for (const { number, directory, row: { summary, ...others } } of kept) {
      const row = { ...others, summary: restoredSummary(summary) };
      this.#add(
        { number, directory, row, isTold: true, isIndexed: true },
        null,
      );
    }
  }

  /** A directory that is seen for the first time: of most the first sample says all, and their files are counted later. */
  #meet(directory: string): void {
    const first = this.#parts.cache.sample(segmentsOf(directory), FIRST);
    if (first === null || first.problem !== null) {
      this.#meetByFiles(directory);
      return;
    }
    this.#setOf(directory, first.entry).row.summary.files = 1;
    this.#uncounted.push(directory);
  }

  #meetByFiles(directory: string): void {
    const { cache } = this.#parts;
    const prompt = cache.prompt(segmentsOf(directory));
    if (prompt.files.length === 0) return;
    const heads = { ...prompt, files: prompt.files.slice(0, HEADS) };
    const entry = cache.samples(heads)
      .find(({ problem }) => problem === null)?.entry ?? null;
    this.#setOf(directory, entry).row.summary.files = prompt.files.length;
  }

  /** The set of an entry, which is made where it is the first; of a file that cannot be used the first of its directory. */
  #setOf(directory: string, entry: CachedEntry | null): KnownSet {
    const { sets } = this.#parts;
    const here = sets.at(directory);
    const known = entry === null
      ? here[0]
      : here.find(({ row, isTold }) => isTold && row.model === entry.model);
    if (known !== undefined) return known;
    const untold = here.find(({ isTold }) => !isTold);
    const model = entry?.model ?? segmentsOf(directory)[0];
    const row = setRow(entry, {
      id: untold?.row.id ?? sets.idOf(directory, model),
      model,
      directory,
      summary: untold?.row.summary ?? emptySummary(0),
    });
    const isTold = entry !== null;
    if (untold !== undefined) {
      Object.assign(untold, {
        isTold,
        row,
        isChosen: this.#isChosen({ directory, row }, entry),
      });
      return untold;
    }
    const number = sets.nextNumber();
    return this.#add(
      { number, directory, row, isTold, isIndexed: false },
      entry,
    );
  }

  #add(
    set: Omit<KnownSet, "isChosen" | "generation">,
    entry: CachedEntry | null,
  ): KnownSet {
    const known: KnownSet = {
      ...set,
      isChosen: this.#isChosen(set, entry),
      generation: 0,
    };
    this.#parts.sets.add(known);
    return known;
  }

  #isChosen(
    { directory, row }: Pick<KnownSet, "directory" | "row">,
    entry: CachedEntry | null,
  ): boolean {
    const names = segmentsOf(directory);
    return this.#parts.isChosen({
      model: row.model,
      parameters: names[1],
      prompt: () =>
        (entry ?? firstEntry(this.#parts.cache, directory, row.model))
          ?.prompt ??
          null,
    });
  }

  #forget(directory: string): void {
    const { index, sets } = this.#parts;
    this.#waiting.delete(directory);
    this.#read.delete(directory);
    const kept = this.#kept.get(directory) ?? [];
    this.#kept.delete(directory);
    index.begin();
    index.removeDirectory(directory);
    for (const { number } of [...kept, ...sets.at(directory)]) {
      index.removeSet(number);
    }
    index.commit();
    for (const set of sets.at(directory)) sets.remove(set);
  }
}

function isOfTheCache(error: unknown): error is Error {
  return error instanceof Error && error.name === "CacheError";
}
