import { fileFacts, removeCacheFile } from "../platform/cache_files.ts";
import { joinPath } from "../platform/join_path.ts";
import { mayRead } from "../platform/deno/may_read.ts";
import { mayWrite } from "../platform/deno/may_write.ts";
import { ViewIndex } from "./view_index.ts";

/** The index's file in a cache directory, which nothing takes for a part of the cache. */
export const INDEX_FILE = ".rollouts-view.sqlite";

/**
 * Opens the index that is kept in a cache directory, and makes it where there is none or it cannot be
 * used. Where it may not be written, or another program has it, it is in memory.
 *
 * @param tell Says what is to be known of it.
 */
export async function openViewIndex(
  cacheDir: string,
  tell: (message: string) => void,
): Promise<ViewIndex> {
  const path = joinPath(cacheDir, INDEX_FILE);
  if (!(mayRead(path) && mayWrite(path))) return await ViewIndex.create(null);
  try {
    return await openFile(cacheDir, path, tell);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    tell(`${path} cannot be used: ${reason}; the index is in memory`);
    return await ViewIndex.create(null);
  }
}

/** Removes the index that is kept in a cache directory, where it may. */
export function removeViewIndex(cacheDir: string): void {
  const path = joinPath(cacheDir, INDEX_FILE);
  if (mayRead(path) && mayWrite(path)) removeCacheFile(cacheDir, path);
}

async function openFile(
  cacheDir: string,
  path: string,
  tell: (message: string) => void,
): Promise<ViewIndex> {
  const facts = fileFacts(path);
  if (facts === null) return await ViewIndex.create(path);
  // A link could lead to any file, which would be written.
  if (!facts.isFile) throw new Error("it is no file");
  const kept = await openKept(path);
  if (kept !== null) return kept;
  tell(`${path} is made anew`);
  removeViewIndex(cacheDir);
  return await ViewIndex.create(path);
}

/** The index in a file; null where what is in it is of no use. */
async function openKept(path: string): Promise<ViewIndex | null> {
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
