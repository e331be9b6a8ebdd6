import {
  type DatabaseSync,
  openDatabase,
  SCHEMA,
  schemaOf,
  VERSION,
} from "./index_database.ts";
import type { FileInfo } from "../platform/fs.ts";
import { packHead, unpackHead } from "./sample_head.ts";
import { indexedText } from "./search_words.ts";
import type { MutableSet } from "./sample_set.ts";
import type { SampleHead, SampleTexts } from "./view_data.ts";

/** A set in the index. */
export interface IndexedSet {
  /** The number, from which the ids of its samples are derived. */
  readonly number: number;
  /** The path of its directory relative to the cache directory, with `/` as separator. */
  readonly directory: string;
  /** The set as the viewer's pages show it. */
  readonly row: MutableSet;
}

/** A sample file in the index. */
export interface IndexedFile {
  /** The sample's id. */
  readonly id: number;
  /** The file name. */
  readonly name: string;
  /** The size in bytes. */
  readonly size: number;
  /** The modification time in Unix milliseconds. */
  readonly modified: number;
}

/** How many pages are merged in one step: more would block the event loop for too long. */
const PAGES_PER_MERGE = 200;

/** The size of a set's range of sample ids, which starts at the set's number times this. */
const IDS_PER_SET = 2 ** 24;

/** An SQLite database of a cache: its sets, its samples without their texts, and a full-text index. */
export class ViewIndex implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<
    string,
    ReturnType<DatabaseSync["prepare"]>
  >();
  /** Whether something was written since the last commit. */
  #isWriting = false;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec("PRAGMA journal_mode = WAL");
  }

  /** Creates an empty index in a file, or in memory if the path is `null`. */
  static async create(path: string | null): Promise<ViewIndex> {
    const database = await openDatabase(path);
    // The file has the mark of this package before it has a log, or it would count as foreign.
    database.exec(`PRAGMA journal_mode = MEMORY; ${SCHEMA}`);
    return new ViewIndex(database);
  }

  /**
   * Opens an index, or returns `null` if it has another version.
   *
   * @throws {Error} If it is in use or not a database.
   */
  static async open(path: string): Promise<ViewIndex | null> {
    const database = await openDatabase(path);
    try {
      using fresh = await ViewIndex.create(null);
      const version = database.prepare("PRAGMA user_version").get();
      const isOurs = version?.user_version === VERSION &&
        schemaOf(database) === schemaOf(fresh.#database);
      if (isOurs) {
        const index = new ViewIndex(database);
        // An indexer starts with these; corrupt pages are noticed here.
        index.directories();
        index.sets();
        return index;
      }
    } catch (error) {
      database.close();
      throw error;
    }
    database.close();
    return null;
  }

  /**
   * Keeps what was written since the last commit, also if the process is killed. Each commit writes a
   * part of the full-text index, which must be merged with others later: rare commits are faster.
   */
  commit(): void {
    if (this.#isWriting) this.#database.exec("COMMIT");
    this.#isWriting = false;
  }

  /**
   * Merges a part of the full-text index, so that searches take less time.
   *
   * @returns Whether there may be more to merge.
   */
  merge(): boolean {
    const before = this.#changes();
    this.#write(
      "INSERT INTO texts (texts, rank) VALUES ('merge', ?)",
      PAGES_PER_MERGE,
    );
    return this.#changes() - before > 1;
  }

  /** The modification time of each directory when it was read, or `null` if it must be read again. */
  directories(): ReadonlyMap<string, number | null> {
    const rows = this.#prepared("SELECT directory, modified FROM directories")
      .all() as { directory: string; modified: number | null }[];
    return new Map(
      rows.map(({ directory, modified }) => [directory, modified]),
    );
  }

  /** Records that a directory was read, with its modification time at that time. */
  putDirectory(directory: string, modified: number | null): void {
    this.#write(
      "INSERT OR REPLACE INTO directories VALUES (?, ?)",
      directory,
      modified,
    );
  }

  /** Removes a directory, but not its sets. */
  removeDirectory(directory: string): void {
    this.#write("DELETE FROM directories WHERE directory = ?", directory);
  }

  /** All sets, in the order in which they were found. */
  sets(): IndexedSet[] {
    const rows = this.#prepared("SELECT number, directory, row FROM sets")
      .all();
    return (rows as { number: number; directory: string; row: string }[])
      .map(({ row, ...set }) => ({ ...set, row: JSON.parse(row) }));
  }

  /** Adds or replaces a set, and the words of its prompt if it is given. */
  putSet({ number, directory, row }: IndexedSet, prompt: string | null): void {
    this.#write(
      "INSERT OR REPLACE INTO sets VALUES (?, ?, ?)",
      number,
      directory,
      JSON.stringify(row),
    );
    if (prompt === null) return;
    this.#write(
      "INSERT OR REPLACE INTO prompts (rowid, prompt) VALUES (?, ?)",
      number,
      indexedText(prompt),
    );
  }

  /** Removes a set and its samples. */
  removeSet(number: number): void {
    this.#write("DELETE FROM sets WHERE number = ?", number);
    this.#write("DELETE FROM prompts WHERE rowid = ?", number);
    for (const table of ["samples WHERE id", "texts WHERE rowid"]) {
      this.#write(`DELETE FROM ${table} BETWEEN ? AND ?`, ...rangeOf(number));
    }
  }

  /** The files of a set. */
  files(number: number): IndexedFile[] {
    return this.#prepared(
      "SELECT id, name, size, modified FROM samples WHERE id BETWEEN ? AND ?",
    ).all(...rangeOf(number)) as unknown as IndexedFile[];
  }

  /** The samples of a set, by seed. */
  heads(number: number): SampleHead[] {
    const rows = this.#prepared(
      "SELECT head FROM samples WHERE id BETWEEN ? AND ?",
    ).all(...rangeOf(number)) as { head: string }[];
    return rows.map(({ head }) => unpackHead(head)).sort((a, b) =>
      a.seed - b.seed || a.name.length - b.name.length ||
      (a.name < b.name ? -1 : 1)
    );
  }

  /** Adds a sample to a set, and its words unless the texts are `null`. */
  addSample(
    number: number,
    { sizeBytes, modifiedMs }: FileInfo,
    head: SampleHead,
    texts: Pick<SampleTexts, "reasoning" | "content"> | null,
  ): void {
    const [first, last] = rangeOf(number);
    const { id } = this.#prepared(
      "SELECT max(id) AS id FROM samples WHERE id BETWEEN ? AND ?",
    ).get(first, last) as { id: number | null };
    const next = (id ?? first - 1) + 1;
    if (next > last) {
      throw new Error("a set contains too many samples");
    }
    this.#write(
      "INSERT INTO samples VALUES (?, ?, ?, ?, ?)",
      next,
      head.name,
      sizeBytes,
      modifiedMs,
      packHead(head),
    );
    if (texts === null) return;
    this.#write(
      "INSERT INTO texts (rowid, reasoning, content) VALUES (?, ?, ?)",
      next,
      indexedText(texts.reasoning ?? ""),
      indexedText(texts.content),
    );
  }

  /** Removes a sample. */
  removeSample(id: number): void {
    this.#write("DELETE FROM samples WHERE id = ?", id);
    this.#write("DELETE FROM texts WHERE rowid = ?", id);
  }

  /** Counts the samples that match an FTS5 expression, by set; in one set if its number is given. */
  countMatches(match: string, number: number | null): Map<number, number> {
    const [first, last] = number === null ? ALL : rangeOf(number);
    const rows = this.#prepared(
      `SELECT rowid / ${IDS_PER_SET} AS number, count(*) AS samples FROM texts
      WHERE texts MATCH ? AND rowid BETWEEN ? AND ? GROUP BY 1`,
    ).all(match, first, last) as { number: number; samples: number }[];
    return new Map(rows.map(({ number, samples }) => [number, samples]));
  }

  /** Iterates over the matching samples, set by set; in one set if its number is given. */
  *matches(
    match: string,
    number: number | null,
  ): Generator<{ number: number; name: string }, void, undefined> {
    const [first, last] = number === null ? ALL : rangeOf(number);
    const rows = this.#database.prepare(
      `SELECT samples.id / ${IDS_PER_SET} AS number, name
      FROM texts CROSS JOIN samples ON samples.id = texts.rowid
      WHERE texts MATCH ? AND texts.rowid BETWEEN ? AND ?`,
    ).iterate(match, first, last);
    yield* rows as Iterable<{ number: number; name: string }>;
  }

  /** The numbers of the sets whose prompt matches. */
  matchingPrompts(match: string): number[] {
    const rows = this.#prepared(
      "SELECT rowid AS number FROM prompts WHERE prompts MATCH ?",
    )
      .all(match) as { number: number }[];
    return rows.map(({ number }) => number);
  }

  /** Closes the database. */
  [Symbol.dispose](): void {
    this.#database.close();
  }

  #changes(): number {
    const row = this.#prepared("SELECT total_changes() AS changes").get();
    return Number(row?.changes);
  }

  #write(sql: string, ...values: (string | number | null)[]): void {
    if (!this.#isWriting) this.#database.exec("BEGIN");
    this.#isWriting = true;
    this.#prepared(sql).run(...values);
  }

  #prepared(sql: string): ReturnType<DatabaseSync["prepare"]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

const ALL = [0, Number.MAX_SAFE_INTEGER] as const;

function rangeOf(number: number): readonly [first: number, last: number] {
  return [number * IDS_PER_SET, number * IDS_PER_SET + IDS_PER_SET - 1];
}
