/**
 * Loads SQLite, which is built into Deno, and into Node from version 22.13 on.
 *
 * @param what What needs it, as the subject of the error message.
 * @throws {Error} If Node is older.
 */
export async function loadSqlite(
  what: string,
): Promise<typeof import("node:sqlite")> {
  try {
    return await import("node:sqlite");
  } catch (error) {
    throw new Error(
      `${what} needs SQLite, which is built into Node from version 22.13 on: update Node`,
      { cause: error },
    );
  }
}
