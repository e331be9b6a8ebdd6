import { fs } from "./deno/fs.ts";
import { stdio } from "./deno/stdio.ts";

/**
 * The text of a file; of stdin where it is called `-`.
 *
 * @throws {Error} Where it cannot be read, or is no UTF-8.
 */
export async function readText(file: string): Promise<string> {
  const name = file === "-" ? "stdin" : file;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    const source = file === "-" ? stdio.stdin() : await fs.openReadable(file);
    return decoder.decode(await new Response(source).arrayBuffer());
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`cannot read ${name}: ${reason}`);
  }
}
