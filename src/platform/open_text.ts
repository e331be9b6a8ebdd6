import { fs } from "./deno/fs.ts";
import { stdio } from "./deno/stdio.ts";

/**
 * The text of a file as it is read; of stdin where it is called `-`.
 *
 * @throws {Error} Where it cannot be opened; the stream fails where it is no UTF-8.
 */
export async function openText(file: string): Promise<ReadableStream<string>> {
  const bytes = file === "-" ? stdio.stdin() : await fs.openReadable(file);
  return bytes.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
}
