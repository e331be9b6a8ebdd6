import type { DatabaseSync } from "./open_database.ts";

/** The version of the tables and of what they contain. */
export const VERSION = 1;

/** The tables; `prefix` also indexes the first two letters of words, for searches by the beginning of a word. */
export const SCHEMA = `
CREATE TABLE directories (directory TEXT PRIMARY KEY, modified REAL) WITHOUT ROWID;
CREATE TABLE sets (number INTEGER PRIMARY KEY, directory TEXT, row TEXT);
CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT, size INTEGER, modified REAL, head TEXT);
CREATE VIRTUAL TABLE texts USING fts5(reasoning, content, prefix = '2', tokenize = 'ascii', content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE prompts USING fts5(prompt, tokenize = 'ascii', content = '', contentless_delete = 1);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 16777216);`;

/** The schema of a database, to reject one to which another program added tables or triggers. */
export function schemaOf(database: DatabaseSync): string {
  return JSON.stringify(
    database.prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
    ).all(),
  );
}
