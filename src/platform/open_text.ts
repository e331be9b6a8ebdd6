import { fs } from "./deno/fs.ts";
import { stdio } from "./deno/stdio.ts";

/**
 * Opens a file, or stdin if the path is `-`, as a stream of text.
 *
 * @throws {Error} If it cannot be opened. The stream fails if it is not UTF-8.
 */
export async function openText(path: string): Promise<ReadableStream<string>> {
  const bytes = path === "-" ? stdio.stdin() : await openFile(path);
  return bytes.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
}

async function openFile(
  path: string,
): ReturnType<typeof fs.openReadable> {
  try {
    return await fs.openReadable(path);
  } catch (error) {
    throw fs.isNotFound(error)
      ? new Error("the file does not exist", { cause: error })
      : error;
  }
}
