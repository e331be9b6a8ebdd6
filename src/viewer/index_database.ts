import type { DatabaseSync } from "node:sqlite";
import { loadSqlite } from "../platform/load_sqlite.ts";

export type { DatabaseSync };

/** The version of the tables and of what they contain. */
export const VERSION = 8;

/** The mark of an index in the header of its file: `PRAGMA application_id`, as text. */
export const APPLICATION_ID = "roll";

/**
 * The tables. `prefix` also indexes the first two letters of words, for searches by the beginning of a
 * word. While texts are added, they are only written: parts of the full-text index are merged in steps,
 * 16 of them at a time. Everything is one transaction, so that no file lacks its mark.
 */
export const SCHEMA = `
BEGIN;
PRAGMA application_id = ${
  [...APPLICATION_ID].reduce((id, c) => id * 256 + c.charCodeAt(0), 0)
};
CREATE TABLE directories (directory TEXT PRIMARY KEY, modified REAL) WITHOUT ROWID;
CREATE TABLE sets (number INTEGER PRIMARY KEY, directory TEXT, row TEXT);
CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT, size INTEGER, modified REAL, head TEXT);
CREATE VIRTUAL TABLE texts USING fts5(reasoning, content, prefix = '2', tokenize = 'ascii', content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE prompts USING fts5(prompt, tokenize = 'ascii', content = '', contentless_delete = 1);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 8388608), ('automerge', 0), ('crisismerge', 1000), ('usermerge', 16);
PRAGMA user_version = ${VERSION};
COMMIT;`;

/**
 * Opens an SQLite database, or one in memory if the path is `null`. Locks it for this process. If the
 * process is killed, the last transaction is lost, and nothing else. The first call loads SQLite.
 *
 * @throws {Error} If it cannot be opened, is not a database, or another process has it open.
 */
export async function openDatabase(path: string | null): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite("the viewer");
  const database = new DatabaseSync(path ?? ":memory:");
  try {
    database.exec(
      `PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 8192;
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
