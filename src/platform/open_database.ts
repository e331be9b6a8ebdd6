import type { DatabaseSync } from "node:sqlite";

export type { DatabaseSync };

/**
 * Opens a database of SQLite, which is loaded by the first call; one in memory where there is no path.
 * Nobody else may use it meanwhile. It is written without waiting for the disk: what is in it must be
 * such that it can be made anew.
 *
 * @throws {Error} Where it cannot be opened, another program has it, or it is none.
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

/** Node has it since 22.13. */
async function loadSqlite(): Promise<typeof import("node:sqlite")> {
  try {
    return await import("node:sqlite");
  } catch (error) {
    throw new Error(
      "the viewer needs SQLite, which Node has built in since version 22.13",
      { cause: error },
    );
  }
}
