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
  for await (const { header, body } of withPath(path, entries)) {
    const { name, type = "file" } = header;
    const item = type === "file" && header.size <= MAX_BYTES
      ? readItemPath(name.replace(/^\.\//, ""))
      : null;
    if (item === null) {
      if (type !== "directory") {
        onSkipped(
          `${JSON.stringify(name)} in ${path} is not a cache file`,
        );
      }
      await body.cancel();
      continue;
    }
    const bytes = await bytesOf(path, body);
    yield { ...item, bytes };
  }
}

/** Yields values. An error of their source names the file. */
async function* withPath<T>(
  path: string,
  values: AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  try {
    for await (const value of values) yield value;
  } catch (error) {
    throw damaged(path, error);
  }
}

async function bytesOf(
  path: string,
  body: ReadableStream<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await new Response(body).arrayBuffer());
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${path} is not a tar file, or is damaged: ${reason}`, {
    cause,
  });
}
