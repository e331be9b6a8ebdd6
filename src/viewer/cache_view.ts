import { delay } from "@std/async/delay";
import { CacheReader } from "../cache/cache_reader.ts";
import { RequestError } from "./answer_request.ts";
import { segmentsOf } from "./segments_of.ts";
import { CacheIndexer } from "./cache_indexer.ts";
import type { CacheViewOptions } from "./cache_view_options.ts";
import { firstEntry } from "./first_entry.ts";
import { timeSliced } from "./time_sliced.ts";
import { type KnownSet, KnownSets } from "./known_sets.ts";
import { openViewIndex, removeViewIndex } from "./open_view_index.ts";
import { parseQuery } from "./parse_query.ts";
import { sampleTexts } from "./sample_texts.ts";
import { searchSamples } from "./search_samples.ts";
import { AnswerBook } from "./set_answers.ts";
import type {
  ReadingProgress,
  SampleTexts,
  SearchOptions,
  SearchResults,
  SetAnswers,
  SetChanges,
  SetSamples,
  ViewAnswerRule,
  ViewSource,
} from "./view_data.ts";
import { ViewIndex } from "./view_index.ts";

/** Directories are looked at again after so long, or several times what it took to look and to read. */
const LOOK_EVERY_MS = 1_000;
const PAUSE_PER_LOOK = 10;
const PAUSE_PER_READ = 2;

/** While samples are read, directories are looked at again after so long. */
const READ_FOR_MS = 2_000;

/** A set that is asked for before its samples have been read is waited for so long. */
const WAIT_MS = 2_000;

/**
 * A cache directory as the viewer's pages see it. It is read from when it is opened until it is closed,
 * and nothing in it is ever written but the index.
 */
export class CacheView implements ViewSource, AsyncDisposable {
  readonly #cache: CacheReader;
  readonly #options: CacheViewOptions;
  readonly #sets = new KnownSets();
  readonly #answers: AnswerBook;
  readonly #end = new AbortController();
  readonly #told = new Set<string>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #allRead = Promise.withResolvers<void>();
  #index: ViewIndex;
  #reader: CacheIndexer;
  /** Why the index is of no more use; null as long as it is. */
  #fault: unknown = null;
  readonly #running: Promise<void>;

  private constructor(
    cache: CacheReader,
    index: ViewIndex,
    options: CacheViewOptions,
  ) {
    this.#cache = cache;
    this.#options = options;
    this.#answers = new AnswerBook(cache);
    this.#index = index;
    this.#reader = this.#newReader();
    this.#running = this.#run();
  }

  /** Opens the view of a cache directory. */
  static async open(
    cacheDir: string | undefined,
    options: CacheViewOptions,
  ): Promise<CacheView> {
    const cache = new CacheReader(cacheDir);
    const index = options.isSearched === false
      ? await ViewIndex.create(null)
      : await openViewIndex(cache.cacheDir, options.tell);
    return new CacheView(cache, index, options);
  }

  /** Resolves when all samples have been read once. */
  whenRead(): Promise<void> {
    return this.#allRead.promise;
  }

  /** Ends the reading, and closes the index. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#running;
    try {
      // Also what has been read halfway is good for the next time.
      if (this.#fault === null) this.#index.rest();
    } finally {
      this.#index[Symbol.dispose]();
    }
  }

  /** See {@linkcode ViewSource}; the first answer comes when all sets are known. */
  async sets(since: number): Promise<SetChanges> {
    await this.#opened.promise;
    return {
      cacheDir: this.#cache.cacheDir,
      generation: this.#sets.generation,
      changed: this.#sets.changedSince(since),
      removed: this.#sets.removedSince(since),
      reading: this.#reading(),
      answerRules: [...this.#options.rules.keys()],
      leftOut: null,
    };
  }

  /** See {@linkcode ViewSource}. */
  async samples(id: string): Promise<SetSamples> {
    const set = await this.#set(id);
    await this.#whenRead(set);
    const entry = firstEntry(this.#cache, set.directory, set.row.model);
    return {
      prompt: entry?.prompt ?? "",
      prefill: entry?.prefill ?? null,
      samples: await this.#using((index) => index.heads(set.number)),
    };
  }

  /** See {@linkcode ViewSource}. */
  async sample(id: string, name: string): Promise<SampleTexts> {
    const { directory } = await this.#set(id);
    const sample = this.#cache.sample(segmentsOf(directory), name);
    if (sample === null) {
      throw new RequestError(`there is no sample ${name}`, 404);
    }
    return sampleTexts(sample);
  }

  /** See {@linkcode ViewSource}. */
  async answers(id: string, rule: ViewAnswerRule): Promise<SetAnswers> {
    const set = await this.#set(id);
    const by = this.#options.rules.get(rule);
    if (by === undefined) {
      throw new RequestError(`there is no rule ${rule}`, 404);
    }
    const entry = firstEntry(this.#cache, set.directory, set.row.model);
    return await this.#answers.answers({
      set,
      files: await this.#using((index) => index.files(set.number)),
      rule: by,
      truth: entry && this.#options.truthOf(entry.prompt),
    });
  }

  /** See {@linkcode ViewSource}. */
  async search(
    query: string,
    { set, limit }: SearchOptions,
  ): Promise<SearchResults> {
    await this.#opened.promise;
    const only = set === null ? null : await this.#set(set);
    const results = await this.#using((index) =>
      timeSliced(searchSamples(parseQuery(query), {
        cache: this.#cache,
        index,
        sets: this.#sets,
        only,
        limit,
      }))
    );
    return { ...results, reading: this.#reading() };
  }

  async #set(id: string): Promise<KnownSet> {
    await this.#opened.promise;
    const set = this.#sets.named(id);
    if (set?.isChosen) return set;
    throw new RequestError(`there is no set ${id}`, 404);
  }

  #reading(): ReadingProgress | null {
    if (!this.#reader.isBehind) return null;
    let [done, total] = [0, 0];
    for (const { isChosen, row: { summary } } of this.#sets.all()) {
      if (!isChosen) continue;
      done += summary.samples + summary.unusable;
      total += summary.files;
    }
    return { done, total };
  }

  /** Waits until a set's samples have been read, but not for long. */
  async #whenRead(set: KnownSet): Promise<void> {
    const end = new AbortController();
    const late = delay(WAIT_MS, { signal: end.signal }).catch(() => {});
    await Promise.race([this.#reader.ask(set), late]);
    end.abort();
  }

  /** Uses the index; where that fails, it is made anew. */
  async #using<T>(act: (index: ViewIndex) => T | Promise<T>): Promise<T> {
    const index = this.#index;
    try {
      return await act(index);
    } catch (error) {
      if (index === this.#index) this.#fault = error;
      throw error;
    }
  }

  #newReader(): CacheIndexer {
    return new CacheIndexer({
      cache: this.#cache,
      index: this.#index,
      sets: this.#sets,
      isChosen: this.#options.isChosen,
      isSearched: this.#options.isSearched ?? true,
      tell: (message) => this.#tell(message),
    });
  }

  /** Says something once. */
  #tell(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#options.tell(message);
  }

  async #run(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      try {
        await this.#lookAndRead(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#startAnew(error);
      }
    }
  }

  async #lookAndRead(signal: AbortSignal): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    const startMs = performance.now();
    await timeSliced(this.#reader.look(), signal);
    this.#opened.resolve();
    await timeSliced(this.#reader.count(), signal);
    const readMs = performance.now();
    const isNews = this.#reader.isBehind;
    await timeSliced(this.#reader.read(readMs + READ_FOR_MS), signal);
    if (this.#reader.isBehind) return;
    this.#allRead.resolve();
    const endMs = performance.now();
    // The index's file is written only where there is something to write.
    if (isNews) await timeSliced(this.#tidy(), signal);
    this.#index.rest();
    const pauseMs = Math.max(
      LOOK_EVERY_MS,
      PAUSE_PER_LOOK * (readMs - startMs),
      PAUSE_PER_READ * (endMs - readMs),
    );
    await delay(pauseMs, { signal });
  }

  *#tidy(): Generator<void, void, undefined> {
    this.#index.begin();
    try {
      while (this.#index.tidy()) yield;
    } finally {
      this.#index.commit();
    }
  }

  /** Whatever went wrong with the index, it can be made again, in memory. */
  async #startAnew(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : error;
    this.#tell(`the index is made anew, in memory: ${reason}`);
    this.#sets.clear();
    this.#fault = null;
    try {
      this.#index[Symbol.dispose]();
      removeViewIndex(this.#cache.cacheDir);
    } catch {
      // It stays as it is, and the next program says what it is worth.
    }
    this.#index = await ViewIndex.create(null);
    this.#reader = this.#newReader();
    await delay(LOOK_EVERY_MS, { signal: this.#end.signal }).catch(() => {});
  }
}
