import { type DatabaseSync, openDatabase } from "../platform/open_database.ts";
import type { FileFacts } from "../platform/deno/file_system.ts";
import { SCHEMA, schemaOf, VERSION } from "./index_schema.ts";
import { packHead, unpackHead } from "./packed_head.ts";
import { indexedText } from "./search_words.ts";
import type { GrowingSet } from "./known_sets.ts";
import type { SampleHead } from "./view_data.ts";

/** A set as the index keeps it. */
export interface IndexedSet {
  /** Its number: that of its samples begins with it. */
  readonly number: number;
  /** Its directory below the cache's, its names with `/` between them. */
  readonly directory: string;
  /** The set. */
  readonly row: GrowingSet;
}

/** A file whose sample is in the index. */
export interface IndexedFile {
  /** The sample's number. */
  readonly id: number;
  /** The file's name. */
  readonly name: string;
  /** Its size. */
  readonly size: number;
  /** When it was written, in Unix milliseconds. */
  readonly modified: number;
}

/** A sample's texts. */
export interface IndexedTexts {
  /** What the model thought; null where it shows no thoughts. */
  readonly reasoning: string | null;
  /** What it answered. */
  readonly content: string;
}

/** How much is merged in a step: more takes the event loop for too long. */
const PAGES_A_MERGE = 200;

/** How many samples a set has room for: a sample's number is its set's times this, and its own. */
const ROOM = 2 ** 24;

/** What is known of a cache, in SQLite: sets, samples without their texts, and where words stand. */
export class ViewIndex implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<
    string,
    ReturnType<DatabaseSync["prepare"]>
  >();
  /** Whether the file says that it can be used as it is. */
  #isClean: boolean;

  private constructor(
    database: DatabaseSync,
    { isClean }: { readonly isClean: boolean },
  ) {
    this.#database = database;
    this.#isClean = isClean;
  }

  /** Makes an empty one: in a file, or in memory where there is no path. */
  static async create(path: string | null): Promise<ViewIndex> {
    const database = await openDatabase(path);
    database.exec(SCHEMA);
    return new ViewIndex(database, { isClean: false });
  }

  /**
   * Opens one that was kept; null where it is of another version, or the program that wrote it did not
   * come to its end.
   *
   * @throws {Error} Where it is in use, or no database.
   */
  static async open(path: string): Promise<ViewIndex | null> {
    const database = await openDatabase(path);
    try {
      using fresh = await ViewIndex.create(null);
      const version = database.prepare("PRAGMA user_version").get();
      const isOurs = version?.user_version === VERSION &&
        schemaOf(database) === schemaOf(fresh.#database);
      if (isOurs) {
        const index = new ViewIndex(database, { isClean: true });
        // What every reader begins with; broken pages show here.
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

  /** What was written since the last call is there as a whole, or not at all. */
  begin(): void {
    if (this.#isClean) this.#mark(0);
    this.#isClean = false;
    this.#database.exec("BEGIN");
  }

  /** Ends what {@linkcode begin} began. */
  commit(): void {
    this.#database.exec("COMMIT");
  }

  /**
   * Puts together what was written bit by bit, so that searches take less time; some of it at each call.
   *
   * @returns Whether there may be more to do.
   */
  tidy(): boolean {
    const before = this.#changes();
    this.#prepared("INSERT INTO texts (texts, rank) VALUES ('merge', ?)")
      .run(PAGES_A_MERGE);
    return this.#changes() - before > 1;
  }

  /** Notes that nothing is under way: the program may end now, however it does. */
  rest(): void {
    if (!this.#isClean) this.#mark(VERSION);
    this.#isClean = true;
  }

  /** The directories, and when each was written when it was read; null where it must be read again. */
  directories(): ReadonlyMap<string, number | null> {
    const rows = this.#prepared("SELECT directory, modified FROM directories")
      .all() as { directory: string; modified: number | null }[];
    return new Map(
      rows.map(({ directory, modified }) => [directory, modified]),
    );
  }

  /** Notes that a directory has been read, as it was when it was written last. */
  putDirectory(directory: string, modified: number | null): void {
    this.#prepared("INSERT OR REPLACE INTO directories VALUES (?, ?)")
      .run(directory, modified);
  }

  /** Forgets a directory; its sets have to be removed, too. */
  removeDirectory(directory: string): void {
    this.#prepared("DELETE FROM directories WHERE directory = ?").run(
      directory,
    );
  }

  /** The sets, in the order in which they were found. */
  sets(): IndexedSet[] {
    const rows = this.#prepared("SELECT number, directory, row FROM sets")
      .all();
    return (rows as { number: number; directory: string; row: string }[])
      .map(({ row, ...set }) => ({ ...set, row: JSON.parse(row) }));
  }

  /** Keeps a set, and the prompt's words where they are given. */
  putSet({ number, directory, row }: IndexedSet, prompt: string | null): void {
    this.#prepared("INSERT OR REPLACE INTO sets VALUES (?, ?, ?)")
      .run(number, directory, JSON.stringify(row));
    if (prompt === null) return;
    this.#prepared(
      "INSERT OR REPLACE INTO prompts (rowid, prompt) VALUES (?, ?)",
    )
      .run(number, indexedText(prompt));
  }

  /** Forgets a set and its samples. */
  removeSet(number: number): void {
    this.#prepared("DELETE FROM sets WHERE number = ?").run(number);
    this.#prepared("DELETE FROM prompts WHERE rowid = ?").run(number);
    for (const table of ["samples WHERE id", "texts WHERE rowid"]) {
      this.#prepared(`DELETE FROM ${table} BETWEEN ? AND ?`)
        .run(...rangeOf(number));
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

  /** Keeps a sample, as a new one of its set; its texts are null where they cannot be used. */
  addSample(
    number: number,
    { sizeBytes, modifiedMs }: FileFacts,
    head: SampleHead,
    texts: IndexedTexts | null,
  ): void {
    const [first, last] = rangeOf(number);
    const { id } = this.#prepared(
      "SELECT max(id) AS id FROM samples WHERE id BETWEEN ? AND ?",
    ).get(first, last) as { id: number | null };
    const next = (id ?? first - 1) + 1;
    if (next > last) {
      throw new Error("a set has more samples than there is room for");
    }
    this.#prepared("INSERT INTO samples VALUES (?, ?, ?, ?, ?)")
      .run(next, head.name, sizeBytes, modifiedMs, packHead(head));
    if (texts === null) return;
    this.#prepared(
      "INSERT INTO texts (rowid, reasoning, content) VALUES (?, ?, ?)",
    ).run(
      next,
      indexedText(texts.reasoning ?? ""),
      indexedText(texts.content),
    );
  }

  /** Forgets a sample. */
  removeSample(id: number): void {
    this.#prepared("DELETE FROM samples WHERE id = ?").run(id);
    this.#prepared("DELETE FROM texts WHERE rowid = ?").run(id);
  }

  /** How many samples of each set have what is asked for in FTS5's language; of one set where it is given. */
  countMatches(match: string, number: number | null): Map<number, number> {
    const [first, last] = number === null ? ALL : rangeOf(number);
    const rows = this.#prepared(
      `SELECT rowid / ${ROOM} AS number, count(*) AS samples FROM texts
      WHERE texts MATCH ? AND rowid BETWEEN ? AND ? GROUP BY 1`,
    ).all(match, first, last) as { number: number; samples: number }[];
    return new Map(rows.map(({ number, samples }) => [number, samples]));
  }

  /** The samples that have it, one by one, set after set; of one set where its number is given. */
  *matches(
    match: string,
    number: number | null,
  ): Generator<{ number: number; name: string }, void, undefined> {
    const [first, last] = number === null ? ALL : rangeOf(number);
    const rows = this.#database.prepare(
      `SELECT samples.id / ${ROOM} AS number, name
      FROM texts CROSS JOIN samples ON samples.id = texts.rowid
      WHERE texts MATCH ? AND texts.rowid BETWEEN ? AND ?`,
    ).iterate(match, first, last);
    yield* rows as Iterable<{ number: number; name: string }>;
  }

  /** The sets whose prompt has it. */
  matchingPrompts(match: string): number[] {
    const rows = this.#prepared(
      "SELECT rowid AS number FROM prompts WHERE prompts MATCH ?",
    )
      .all(match) as { number: number }[];
    return rows.map(({ number }) => number);
  }

  /** Closes it. */
  [Symbol.dispose](): void {
    this.#database.close();
  }

  #changes(): number {
    const row = this.#prepared("SELECT total_changes() AS changes").get();
    return Number(row?.changes);
  }

  #mark(version: number): void {
    this.#database.exec(`PRAGMA user_version = ${version}`);
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
  return [number * ROOM, number * ROOM + ROOM - 1];
}
