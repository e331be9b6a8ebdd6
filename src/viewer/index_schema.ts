import type { DatabaseSync } from "../platform/open_database.ts";

/** An index with other tables, or other things in them, has another version. */
export const VERSION = 1;

/** The index's tables, with the words' first two letters in an index of their own, which searches for a word's beginning need. */
export const SCHEMA = `
CREATE TABLE directories (directory TEXT PRIMARY KEY, modified REAL) WITHOUT ROWID;
CREATE TABLE sets (number INTEGER PRIMARY KEY, directory TEXT, row TEXT);
CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT, size INTEGER, modified REAL, head TEXT);
CREATE VIRTUAL TABLE texts USING fts5(reasoning, content, prefix = '2', tokenize = 'ascii', content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE prompts USING fts5(prompt, tokenize = 'ascii', content = '', contentless_delete = 1);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 16777216);`;

/** Every table of a database; none that another program has added to it is trusted. */
export function schemaOf(database: DatabaseSync): string {
  return JSON.stringify(
    database.prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
    ).all(),
  );
}
