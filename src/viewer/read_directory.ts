import type { CachedEntry } from "../cache/cached_entry.ts";
import { CacheError } from "../errors.ts";
import type { CachedPrompt, CacheReader } from "../cache/cache_reader.ts";
import type { CachedFile } from "../cache/entry_reader.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { hasSettled, promptDirectory, segmentsOf } from "./directory_tree.ts";
import type { KnownSet, KnownSets } from "./known_sets.ts";
import type { LiveRuns } from "./live_runs.ts";
import { emptySummary } from "./mutable_summary.ts";
import { promptText } from "./prompt_text.ts";
import { sampleHead, unusableHead } from "./sample_head.ts";
import { addSample } from "./sample_set.ts";
import type { IndexedFile, ViewIndex } from "./view_index.ts";

/** The cache, index and sets of a directory. */
export interface ReadDirectoryParts {
  readonly cache: CacheReader;
  /** The index of the samples. */
  readonly index: ViewIndex;
  /** The sets of the cache. */
  readonly sets: KnownSets;
  /** Counts the samples of the last minute. */
  readonly live: Pick<LiveRuns, "addSample">;
  /** Whether the index contains the words of texts. */
  readonly isSearched: boolean;
  /** Returns the set of an entry, or that of an unusable file for `null`. */
  readonly setOf: (entry: CachedEntry | null) => KnownSet;
}

/** After how many new samples pages see them, and after how many they are kept. */
const SAMPLES_PER_UPDATE = 200;
const SAMPLES_PER_COMMIT = 5_000;

/**
 * Updates the index from a prompt directory: reads new and changed files, and forgets removed ones. It
 * can be interrupted at any step. What it has read becomes part of the index, and the caller commits it.
 *
 * @returns The directory's modification time, or `null` if the directory must be read again.
 * @throws {CacheError} If the directory cannot be read.
 */
export function* readDirectory(
  directory: string,
  parts: ReadDirectoryParts,
): Generator<void, number | null, undefined> {
  const { cache, index } = parts;
  const prompt = cache.prompt(segmentsOf(directory));
  for (const { path, reason } of prompt.unreadable) {
    throw new CacheError(reason, path);
  }
  const state = promptDirectory(cache.cacheDirs, directory);
  const settled = state !== null && hasSettled(state.latest)
    ? state.modified
    : null;
  const update = new DirectoryUpdate(directory, prompt, parts);
  let isComplete = false;
  try {
    let read = 0;
    for (const file of prompt.files) {
      if (update.read(file)) {
        read++;
        if (read % SAMPLES_PER_UPDATE === 0) update.writeSets();
        if (read % SAMPLES_PER_COMMIT === 0) index.commit();
      }
      yield;
    }
    update.dropUnseen();
    index.putDirectory(directory, settled);
    isComplete = true;
  } finally {
    if (!isComplete) index.putDirectory(directory, null);
    update.writeSets();
  }
  return settled;
}

/** The update of the sets of one directory. */
class DirectoryUpdate {
  readonly #directory: string;
  readonly #prompt: CachedPrompt;
  readonly #parts: ReadDirectoryParts;
  /** The files in the index that have not been seen in the directory yet. */
  readonly #unseen = new Map<
    string,
    IndexedFile & { readonly set: KnownSet }
  >();
  /** The prompts of sets whose words are not in the index yet. */
  readonly #prompts = new Map<KnownSet, string>();
  readonly #changed = new Set<KnownSet>();
  /** The sets that lost samples; their summaries are computed again. */
  readonly #shrunk = new Set<KnownSet>();

  constructor(
    directory: string,
    prompt: CachedPrompt,
    parts: ReadDirectoryParts,
  ) {
    this.#directory = directory;
    this.#prompt = prompt;
    this.#parts = parts;
    for (const set of parts.sets.at(directory)) {
      for (const file of parts.index.files(set.number)) {
        this.#unseen.set(file.name, { ...file, set });
      }
    }
  }

  /** Reads a file if it is new or changed; returns whether it did. */
  read(file: CachedFile): boolean {
    const { name, path } = file;
    const facts = lstatIfExists(path);
    if (facts === null) return false;
    const known = this.#unseen.get(name);
    const isUnchanged = known?.size === facts.sizeBytes &&
      known.modified === facts.modifiedMs;
    if (isUnchanged) {
      this.#unseen.delete(name);
      return false;
    }
    const { index, isSearched, live, setOf } = this.#parts;
    const { head, entry } = this.#parse(file);
    if (head === null) return false;
    if (known !== undefined) this.#drop(name);
    const set = setOf(entry);
    if (entry !== null && !set.isIndexed) {
      set.isIndexed = true;
      this.#prompts.set(set, promptText(entry.prompt));
    }
    const texts = isSearched ? entry?.response ?? null : null;
    index.addSample(set.number, facts, head, texts);
    const { summary } = set.row;
    addSample(summary, head);
    // A known sample that changed was moved into a pack or out of it.
    if (known === undefined) live.addSample(facts.modifiedMs, head.costUsd);
    summary.files = Math.max(summary.files, summary.samples + summary.unusable);
    this.#changed.add(set);
    return true;
  }

  /** Removes the files that no longer exist. */
  dropUnseen(): void {
    for (const name of [...this.#unseen.keys()]) this.#drop(name);
    // Until here a set's number of files was that of its whole directory.
    for (const set of this.#parts.sets.at(this.#directory)) {
      const { summary } = set.row;
      const files = summary.samples + summary.unusable;
      if (summary.files !== files) this.#changed.add(set);
      summary.files = files;
    }
  }

  /** Writes the changed sets to the index. */
  writeSets(): void {
    const { index, sets } = this.#parts;
    for (const set of this.#shrunk) {
      const heads = index.heads(set.number);
      const summary = emptySummary(heads.length);
      for (const head of heads) addSample(summary, head);
      set.row = { ...set.row, summary };
    }
    for (const set of this.#changed) {
      if (set.row.summary.files === 0) {
        index.removeSet(set.number);
        sets.remove(set);
      } else {
        index.putSet(set, this.#prompts.get(set) ?? null);
        sets.change(set);
      }
    }
    this.#changed.clear();
    this.#shrunk.clear();
    this.#prompts.clear();
  }

  #drop(name: string): void {
    const { id, set } = this.#unseen.get(name)!;
    this.#unseen.delete(name);
    this.#parts.index.removeSample(id);
    this.#shrunk.add(set);
    this.#changed.add(set);
  }

  /** Returns no head if the file has disappeared, and no entry if it is unusable. */
  #parse(file: CachedFile) {
    try {
      const sample = this.#parts.cache.sample(this.#prompt.segments, file);
      if (sample === null) return { head: null, entry: null };
      const entry = sample.problem === null ? sample.entry : null;
      return { head: sampleHead(sample), entry };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { name, seed } = file;
      return { head: unusableHead(name, seed, reason), entry: null };
    }
  }
}
