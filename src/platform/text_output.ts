import { fs } from "./deno/fs.ts";
import { stdio } from "./deno/stdio.ts";
import { removeIfPossible } from "./remove_if_possible.ts";
import { checkOutput } from "./check_output.ts";

/** Where text goes: a file that is there as a whole or not at all, or stdout. */
export interface TextOutput {
  /** Writes some. */
  write(text: string): Promise<void>;
  /** Ends it: the file has its name now. */
  commit(): Promise<void>;
  /** Gives it up: a file that had the name stays as it was. */
  discard(): Promise<void>;
}

/**
 * Opens an output; stdout where it is called `-`.
 *
 * @throws {Error} Where the file cannot be written.
 */
export async function openTextOutput(path: string): Promise<TextOutput> {
  const encoder = new TextEncoder();
  if (path === "-") {
    const writer = stdio.stdout().getWriter();
    return {
      write: (text) => writer.write(encoder.encode(text)),
      commit: () => Promise.resolve(),
      discard: () => Promise.resolve(),
    };
  }
  checkOutput(path);
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.partial`;
  const writer = (await fs.createWritable(temporary)).getWriter();
  return {
    write: (text) => writer.write(encoder.encode(text)),
    commit: async () => {
      await writer.close();
      fs.rename(temporary, path);
    },
    discard: async () => {
      // It may be closed already, where only the name could not be given.
      await writer.abort().catch(() => {});
      removeIfPossible(temporary);
    },
  };
}
