import type { DatabaseSync } from "node:sqlite";

export type { DatabaseSync };

/** The version of the tables and of what they contain. */
export const VERSION = 6;

/** The mark of an index in the header of its file: `PRAGMA application_id`, as text. */
export const APPLICATION_ID = "roll";

/** The tables; `prefix` also indexes the first two letters of words, for searches by the beginning of a word. */
export const SCHEMA = `
PRAGMA application_id = ${
  [...APPLICATION_ID].reduce((id, c) => id * 256 + c.charCodeAt(0), 0)
};
CREATE TABLE directories (directory TEXT PRIMARY KEY, modified REAL) WITHOUT ROWID;
CREATE TABLE sets (number INTEGER PRIMARY KEY, directory TEXT, row TEXT);
CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT, size INTEGER, modified REAL, head TEXT);
CREATE VIRTUAL TABLE texts USING fts5(reasoning, content, prefix = '2', tokenize = 'ascii', content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE prompts USING fts5(prompt, tokenize = 'ascii', content = '', contentless_delete = 1);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 16777216);`;

/**
 * Opens an SQLite database, or one in memory if the path is `null`. Locks it for this process. Writes do
 * not wait for the disk, so the content must be reproducible. The first call loads SQLite.
 *
 * @throws {Error} If it cannot be opened, is not a database, or another process has it open.
 */
export async function openDatabase(path: string | null): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(path ?? ":memory:");
  try {
    database.exec(
      `PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA journal_mode = MEMORY;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -32768;
      BEGIN EXCLUSIVE;
      COMMIT;`,
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** The schema of a database, to reject one to which another program added tables or triggers. */
export function schemaOf(database: DatabaseSync): string {
  return JSON.stringify(
    database.prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
    ).all(),
  );
}

/**
 * Loads SQLite, which Node has since version 22.13.
 *
 * @throws {Error} If Node is older.
 */
export async function loadSqlite(): Promise<typeof import("node:sqlite")> {
  try {
    return await import("node:sqlite");
  } catch (error) {
    throw new Error(
      "the viewer needs SQLite, which is built into Node from version 22.13 on: update Node",
      { cause: error },
    );
  }
}
