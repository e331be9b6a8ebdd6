import type { ArchivedEntry, SampleArchive } from "../../mod.ts";
import { archivedSample } from "./archived_sample.ts";
import { DirectoryTree } from "./directory_tree.ts";
import { firstEntry } from "./first_entry.ts";
import type { KnownSet, KnownSets } from "./known_sets.ts";
import { placeNames } from "./place_names.ts";
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
  readonly prompt: () => ArchivedEntry["prompt"] | null;
}

/** What a reader works with. */
export interface CacheReaderParts {
  /** The cache. */
  readonly archive: SampleArchive;
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
export class CacheReader {
  readonly #parts: CacheReaderParts;
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

  /** What the index knew from an earlier time, by place: it counts where the directory is still there. */
  readonly #kept: Map<string, IndexedSet[]>;

  /** Makes it, with what the index knows; nothing of the cache is read yet. */
  constructor(parts: CacheReaderParts) {
    const { archive, index, sets, tell } = parts;
    this.#parts = parts;
    this.#tree = new DirectoryTree(archive.cacheDir, { tell });
    this.#read = new Map(index.directories());
    this.#kept = Map.groupBy(index.sets(), ({ place }) => place);
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
      ...this.#parts.sets.places(),
    ]);
    let isMore = false;
    for (const { place, modified } of this.#tree.prompts()) {
      gone.delete(place);
      const isOther = this.#read.get(place) !== modified;
      if (this.#isToBeRead(place) && isOther) {
        this.#waiting.set(place, modified);
        isMore = true;
      }
      yield;
    }
    for (const place of gone) {
      this.#forget(place);
      yield;
    }
    if (!isMore) return;
    this.#queue = [...this.#waiting].sort(([, a], [, b]) => a - b)
      .map(([place]) => place);
  }

  /** Counts the files of sets that are new. */
  *count(): Generator<void, void, undefined> {
    const { archive, sets, tell } = this.#parts;
    for (const place of this.#uncounted.splice(0)) {
      for (const set of sets.at(place).slice(0, 1)) {
        try {
          const { files } = archive.prompt(placeNames(place));
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
      const place = this.#queue.pop();
      if (place === undefined) break;
      if (this.#waiting.has(place)) yield* this.#readNow(place);
    }
  }

  /** Has the samples of a set read next; it resolves when they are. */
  async ask({ place }: KnownSet): Promise<void> {
    if (!this.#waiting.has(place)) return;
    this.#queue.push(place);
    const asked = this.#asked.get(place) ?? Promise.withResolvers<void>();
    this.#asked.set(place, asked);
    await asked.promise;
  }

  *#readNow(place: string): Generator<void, void, undefined> {
    const { archive, index, sets, isSearched, tell } = this.#parts;
    try {
      const settled = yield* readDirectory(place, {
        archive,
        index,
        isSearched,
        sets: () => sets.at(place),
        setOf: (entry) => this.#setOf(place, entry),
        change: (set) => sets.change(set),
        remove: (set) => sets.remove(set),
      });
      this.#read.set(place, settled);
    } catch (error) {
      if (!isOfTheCache(error)) throw error;
      tell(error.message);
    }
    this.#waiting.delete(place);
    this.#asked.get(place)?.resolve();
    this.#asked.delete(place);
  }

  /** Whether a directory, whose sets are known from here on, has one that is shown. */
  #isToBeRead(place: string): boolean {
    const { sets, tell } = this.#parts;
    try {
      if (sets.at(place).length === 0) {
        const kept = this.#kept.get(place);
        this.#kept.delete(place);
        if (kept === undefined) this.#meet(place);
        else this.#restore(kept);
      }
    } catch (error) {
      if (!isOfTheCache(error)) throw error;
      tell(error.message);
    }
    return sets.at(place).some(({ isChosen }) => isChosen);
  }

  #restore(kept: readonly IndexedSet[]): void {
    for (const { number, place, row: { summary, ...others } } of kept) {
      const row = { ...others, summary: restoredSummary(summary) };
      this.#add({ number, place, row, isTold: true, isIndexed: true }, null);
    }
  }

  /** A directory that is seen for the first time: of most the first sample says all, and their files are counted later. */
  #meet(place: string): void {
    const first = archivedSample(this.#parts.archive, { place, name: FIRST });
    if (first === null || first.problem !== null) {
      this.#meetByFiles(place);
      return;
    }
    this.#setOf(place, first.entry).row.summary.files = 1;
    this.#uncounted.push(place);
  }

  #meetByFiles(place: string): void {
    const { archive } = this.#parts;
    const prompt = archive.prompt(placeNames(place));
    if (prompt.files.length === 0) return;
    const heads = { ...prompt, files: prompt.files.slice(0, HEADS) };
    const entry = archive.samples(heads)
      .find(({ problem }) => problem === null)?.entry ?? null;
    this.#setOf(place, entry).row.summary.files = prompt.files.length;
  }

  /** The set of an entry, which is made where it is the first; of a file that cannot be used the first of its directory. */
  #setOf(place: string, entry: ArchivedEntry | null): KnownSet {
    const { sets } = this.#parts;
    const here = sets.at(place);
    const known = entry === null
      ? here[0]
      : here.find(({ row, isTold }) => isTold && row.model === entry.model);
    if (known !== undefined) return known;
    const untold = here.find(({ isTold }) => !isTold);
    const model = entry?.model ?? placeNames(place)[0];
    const row = setRow(entry, {
      id: untold?.row.id ?? sets.idOf(place, model),
      model,
      place,
      summary: untold?.row.summary ?? emptySummary(0),
    });
    const isTold = entry !== null;
    if (untold !== undefined) {
      Object.assign(untold, {
        isTold,
        row,
        isChosen: this.#isChosen({ place, row }, entry),
      });
      return untold;
    }
    const number = sets.nextNumber();
    return this.#add({ number, place, row, isTold, isIndexed: false }, entry);
  }

  #add(
    set: Omit<KnownSet, "isChosen" | "generation">,
    entry: ArchivedEntry | null,
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
    { place, row }: Pick<KnownSet, "place" | "row">,
    entry: ArchivedEntry | null,
  ): boolean {
    const names = placeNames(place);
    return this.#parts.isChosen({
      model: row.model,
      parameters: names[1],
      prompt: () =>
        (entry ?? firstEntry(this.#parts.archive, place, row.model))?.prompt ??
          null,
    });
  }

  #forget(place: string): void {
    const { index, sets } = this.#parts;
    this.#waiting.delete(place);
    this.#read.delete(place);
    const kept = this.#kept.get(place) ?? [];
    this.#kept.delete(place);
    index.begin();
    index.removeDirectory(place);
    for (const { number } of [...kept, ...sets.at(place)]) {
      index.removeSet(number);
    }
    index.commit();
    for (const set of sets.at(place)) sets.remove(set);
  }
}

function isOfTheCache(error: unknown): error is Error {
  return error instanceof Error && error.name === "CacheError";
}
