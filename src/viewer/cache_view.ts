import { delay } from "@std/async/delay";
import { CacheReader } from "../cache/cache_reader.ts";
import type { AnswerRule } from "../resampling/mod.ts";
import { RequestError } from "./answer_request.ts";
import { CacheIndexer, type SetHead } from "./cache_indexer.ts";
import { segmentsOf } from "./directory_tree.ts";
import { firstEntry } from "./first_entry.ts";
import { type KnownSet, KnownSets } from "./known_sets.ts";
import { LiveRuns } from "./live_runs.ts";
import { openViewIndex, removeViewIndex } from "./open_view_index.ts";
import { parseQuery } from "./parse_query.ts";
import { sampleTexts } from "./sample_head.ts";
import { searchSamples } from "./search_samples.ts";
import { AnswerCache, type AnswersRequest } from "./set_answers.ts";
import { setOrigin } from "./set_call.ts";
import { timeSliced } from "./time_sliced.ts";
import type {
  AnswersByRule,
  SampleOptions,
  SampleTexts,
  SearchOptions,
  SearchResults,
  SetChanges,
  SetSamples,
  ViewAnswerRule,
  ViewSource,
} from "./view_data.ts";
import { ViewIndex } from "./view_index.ts";

/** Options of a view. */
export interface CacheViewOptions {
  /** How answers are extracted, by the name that pages use. */
  readonly rules: ReadonlyMap<ViewAnswerRule, AnswerRule>;
  /** The rule that the user chose; by default, pages choose the one that fits. */
  readonly givenRule?: ViewAnswerRule;
  /** Returns the correct answer to a prompt, or `null` if unknown. */
  readonly truthOf: (prompt: SetSamples["prompt"]) => string | null;
  /** Whether a set is shown. */
  readonly isChosen: (head: SetHead) => boolean;
  /** Called with problems, such as what cannot be read. */
  readonly warn: (message: string) => void;
  /**
   * Whether texts can be searched. If not, the index is not stored.
   *
   * @default {true}
   */
  readonly isSearched?: boolean;
}

/** The pause between scans, at least, and as a multiple of how long scanning and reading took. */
const SCAN_EVERY_MS = 1_000;
const PAUSE_PER_SCAN = 10;
const PAUSE_PER_READ = 2;

/** How long samples are read until directories are scanned again. */
const READ_FOR_MS = 2_000;

/** How long a request waits for the samples of a set to be read. */
const WAIT_MS = 2_000;

/**
 * Cache directories as the viewer's pages see it, kept up to date until it is closed. It writes nothing
 * but its index.
 */
export class CacheView implements ViewSource, AsyncDisposable {
  readonly #cache: CacheReader;
  readonly #options: CacheViewOptions;
  readonly #sets = new KnownSets();
  readonly #answers: AnswerCache;
  readonly #live: LiveRuns;
  readonly #closed = new AbortController();
  readonly #warned = new Set<string>();
  readonly #scanned = Promise.withResolvers<void>();
  readonly #allRead = Promise.withResolvers<void>();
  #index: ViewIndex;
  #indexer: CacheIndexer;
  /** Why the index is unusable, or `null`. */
  #fault: unknown = null;
  readonly #running: Promise<void>;

  private constructor(
    cache: CacheReader,
    index: ViewIndex,
    options: CacheViewOptions,
  ) {
    this.#cache = cache;
    this.#options = options;
    this.#answers = new AnswerCache(cache, options.rules);
    this.#live = new LiveRuns(cache.cacheDirs);
    this.#index = index;
    this.#indexer = this.#newIndexer();
    this.#running = this.#run();
  }

  /** Opens a view of cache directories. The index is stored in the first one. */
  static async open(
    cacheDir: string | readonly string[] | undefined,
    options: CacheViewOptions,
  ): Promise<CacheView> {
    const cache = new CacheReader(cacheDir);
    const index = options.isSearched === false
      ? await ViewIndex.create(null)
      : await openViewIndex(cache.cacheDirs[0]!, options.warn);
    return new CacheView(cache, index, options);
  }

  /** Resolves when all samples have been read once. */
  whenRead(): Promise<void> {
    return this.#allRead.promise;
  }

  /** Stops reading and closes the index. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    await this.#running;
    try {
      // The next run can use a partly read cache, too.
      if (this.#fault === null) this.#index.commit();
    } finally {
      this.#index[Symbol.dispose]();
    }
  }

  /** See {@linkcode ViewSource}. The first call resolves when all sets are known. */
  async sets(since: number): Promise<SetChanges> {
    await this.#scanned.promise;
    return {
      cacheDirs: this.#cache.cacheDirs,
      generation: this.#sets.generation,
      changed: this.#sets.changedSince(since),
      removed: this.#sets.removedSince(since),
      reading: this.#indexer.progress(),
      live: this.#live.state(),
      answerRules: [...this.#options.rules.keys()],
      givenRule: this.#options.givenRule ?? null,
      leftOut: null,
    };
  }

  /** See {@linkcode ViewSource}. */
  async samples(id: string): Promise<SetSamples> {
    const set = await this.#set(id);
    await this.#whenRead(set);
    const entry = firstEntry(this.#cache, set.directory, set.row.model);
    const samples = await this.#using((index) => index.heads(set.number));
    return { ...setOrigin(entry), samples };
  }

  /** See {@linkcode ViewSource}. */
  async sample(
    id: string,
    name: string,
    options?: SampleOptions,
  ): Promise<SampleTexts> {
    const { directory } = await this.#set(id);
    const sample = this.#cache.sample(segmentsOf(directory), name);
    if (sample === null) throw new RequestError(`no sample ${name}`, 404);
    return sampleTexts(sample, options);
  }

  /** See {@linkcode ViewSource}. */
  async answers(ids: readonly string[]): Promise<AnswersByRule[]> {
    const requests: AnswersRequest[] = [];
    for (const id of ids) {
      const set = await this.#set(id);
      const entry = firstEntry(this.#cache, set.directory, set.row.model);
      requests.push({
        set,
        files: await this.#using((index) => index.files(set.number)),
        truth: entry && this.#options.truthOf(entry.prompt),
      });
    }
    return await this.#answers.answers(requests);
  }

  /** See {@linkcode ViewSource}. */
  async search(
    query: string,
    { set, limit }: SearchOptions,
  ): Promise<SearchResults> {
    await this.#scanned.promise;
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
    return { ...results, reading: this.#indexer.progress() };
  }

  async #set(id: string): Promise<KnownSet> {
    await this.#scanned.promise;
    const set = this.#sets.named(id);
    if (set?.isChosen) return set;
    throw new RequestError(`no set ${id}`, 404);
  }

  /** Waits until the samples of a set have been read, but not for long. */
  async #whenRead(set: KnownSet): Promise<void> {
    const done = new AbortController();
    const timeout = delay(WAIT_MS, { signal: done.signal }).catch(() => {});
    await Promise.race([this.#indexer.prioritize(set), timeout]);
    done.abort();
  }

  /** Uses the index, which is rebuilt if that fails. */
  async #using<T>(act: (index: ViewIndex) => T | Promise<T>): Promise<T> {
    const index = this.#index;
    try {
      return await act(index);
    } catch (error) {
      if (index === this.#index) this.#fault = error;
      throw error;
    }
  }

  #newIndexer(): CacheIndexer {
    return new CacheIndexer({
      cache: this.#cache,
      index: this.#index,
      sets: this.#sets,
      live: this.#live,
      isChosen: this.#options.isChosen,
      isSearched: this.#options.isSearched ?? true,
      warn: (message) => this.#warnOnce(message),
    });
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#options.warn(message);
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      try {
        await this.#update(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#rebuild(error);
      }
    }
  }

  async #update(signal: AbortSignal): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    const startMs = performance.now();
    await timeSliced(this.#indexer.scan(), signal);
    this.#scanned.resolve();
    await timeSliced(this.#indexer.count(), signal);
    const readMs = performance.now();
    const hasNew = this.#indexer.isBehind;
    await timeSliced(this.#indexer.read(readMs + READ_FOR_MS), signal);
    this.#index.commit();
    if (this.#indexer.isBehind) return;
    this.#live.sumUp();
    this.#allRead.resolve();
    const endMs = performance.now();
    // The index file is written only if something has changed.
    if (hasNew) await timeSliced(this.#merge(), signal);
    const pauseMs = Math.max(
      SCAN_EVERY_MS,
      PAUSE_PER_SCAN * (readMs - startMs),
      PAUSE_PER_READ * (endMs - readMs),
    );
    await delay(pauseMs, { signal });
  }

  *#merge(): Generator<void, void, undefined> {
    try {
      while (this.#index.merge()) yield;
    } finally {
      this.#index.commit();
    }
  }

  /** Rebuilds the index in memory after any failure. */
  async #rebuild(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : error;
    this.#warnOnce(`rebuilding the index in memory: ${reason}`);
    this.#sets.clear();
    this.#fault = null;
    try {
      this.#index[Symbol.dispose]();
      removeViewIndex(this.#cache.cacheDirs[0]!);
    } catch {
      // The next process checks the file again.
    }
    this.#index = await ViewIndex.create(null);
    this.#indexer = this.#newIndexer();
    await delay(SCAN_EVERY_MS, { signal: this.#closed.signal }).catch(() => {});
  }
}
