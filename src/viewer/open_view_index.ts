import { removeCacheFile } from "../cache/remove_cache_file.ts";
import { joinPath } from "../platform/join_path.ts";
import { fs } from "../platform/deno/fs.ts";
import { lstatIfExists } from "../platform/lstat_if_exists.ts";
import { removeIfPossible } from "../platform/remove_if_possible.ts";
import { APPLICATION_ID } from "./index_database.ts";
import { ViewIndex } from "./view_index.ts";

/** The name of the index file in a cache directory; no part of the cache has such a name. */
export const INDEX_FILE = ".rollouts-view.sqlite";

/** SQLite's journal while the index is created. SQLite leaves it, because it has the index locked. */
const JOURNAL_FILE = `${INDEX_FILE}-journal`;

/** The index and its logs, one of which exists while it is open, or after its process was killed. */
const FILES = [INDEX_FILE, `${INDEX_FILE}-wal`, JOURNAL_FILE] as const;

/**
 * Opens the index in a cache directory, or creates it if it does not exist or is unusable. The index is
 * in memory if the file may not be written or another process has it open.
 *
 * @param warn Called with problems of the file.
 * @throws {Error} If there is no SQLite.
 */
export async function openViewIndex(
  cacheDir: string,
  warn: (message: string) => void,
): Promise<ViewIndex> {
  const path = joinPath(cacheDir, INDEX_FILE);
  if (!(fs.canRead(path) && fs.canWrite(path))) {
    return await ViewIndex.create(null);
  }
  try {
    // Opening a link would write to whatever file it leads to.
    for (const name of FILES) {
      const isFile = lstatIfExists(joinPath(cacheDir, name))?.isFile ?? true;
      if (!isFile) throw new Error(`${name} is not a file`);
    }
    if (lstatIfExists(path) === null) return await createStored(cacheDir);
    if (isForeign(path)) {
      throw new Error("it is a database of another program");
    }
    const stored = await openStored(path);
    if (stored !== null) return stored;
    warn(`rebuilding ${path}`);
    removeViewIndex(cacheDir);
    return await createStored(cacheDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    warn(`cannot use ${path} (${reason}); keeping the index in memory`);
    return await ViewIndex.create(null);
  }
}

/** Removes the index from a cache directory, if permissions allow it. */
export function removeViewIndex(cacheDir: string): void {
  for (const name of FILES) {
    const path = joinPath(cacheDir, name);
    if (fs.canRead(path) && fs.canWrite(path)) removeCacheFile(cacheDir, path);
  }
}

/** Whether a file is a database that this package did not create. */
function isForeign(path: string): boolean {
  using file = fs.open(path, { mode: "read" });
  const header = file.readStart(HEADER_BYTES);
  return header.startsWith("SQLite format 3\0") &&
    !header.includes(APPLICATION_ID);
}

/** The size of the header of an SQLite database. */
const HEADER_BYTES = 100;

async function createStored(cacheDir: string): Promise<ViewIndex> {
  const index = await ViewIndex.create(joinPath(cacheDir, INDEX_FILE));
  removeIfPossible(joinPath(cacheDir, JOURNAL_FILE));
  return index;
}

/** Returns the index in a file, or `null` if its content is unusable. */
async function openStored(path: string): Promise<ViewIndex | null> {
  try {
    return await ViewIndex.open(path);
  } catch (error) {
    const isBroken = error instanceof SyntaxError ||
      (error instanceof Error &&
        /not a database|malformed|corrupt/.test(error.message));
    if (isBroken) return null;
    throw error;
  }
}
