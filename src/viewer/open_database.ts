import type { DatabaseSync } from "node:sqlite";

export type { DatabaseSync };

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

/** Loads SQLite, which Node has since version 22.13. */
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
