import { fs } from "./deno/fs.ts";
import { stdio } from "./deno/stdio.ts";

/**
 * Opens a file, or stdin if the path is `-`, as a stream of text.
 *
 * @throws {Error} If it cannot be opened. The stream fails if it is not UTF-8.
 */
export async function openText(path: string): Promise<ReadableStream<string>> {
  const bytes = path === "-" ? stdio.stdin() : await fs.openReadable(path);
  return bytes.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
}
