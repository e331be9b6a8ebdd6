import { createTarDecoder } from "modern-tar";
import { fs } from "../platform/deno/fs.ts";
import { type CacheItem, readItemPath } from "./cache_item.ts";

/** The largest file that is read into memory. */
const MAX_BYTES = 1 << 30;

/**
 * Reads the samples and packs in a tar file. Only their names decide what is read: links, other files, and
 * paths that lead out of a cache directory are skipped.
 *
 * @param onSkipped Called with what is skipped, except directories.
 * @throws {Error} If the file is not a tar file.
 */
export async function* tarItems(
  path: string,
  onSkipped: (message: string) => void,
): AsyncGenerator<CacheItem, void, undefined> {
  const entries = (await fs.openReadable(path))
    .pipeThrough(createTarDecoder({ strict: true }));
  for await (const { header, body } of entries) {
    const { name, type = "file" } = header;
    const item = type === "file" && header.size <= MAX_BYTES
      ? readItemPath(name.replace(/^\.\//, ""))
      : null;
    if (item === null) {
      if (type !== "directory") {
        onSkipped(
          `${JSON.stringify(name)} in ${path} is not a file of a cache`,
        );
      }
      await body.cancel();
      continue;
    }
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    yield { ...item, bytes };
  }
}
