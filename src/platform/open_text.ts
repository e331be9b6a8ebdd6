import { fileSource, standardInput } from "./deno/byte_streams.ts";

/**
 * The text of a file as it is read; of stdin where it is called `-`.
 *
 * @throws {Error} Where it cannot be opened; the stream fails where it is no UTF-8.
 */
export async function openText(file: string): Promise<ReadableStream<string>> {
  const bytes = file === "-" ? standardInput() : await fileSource(file);
  return bytes.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
}
