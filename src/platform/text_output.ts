import { fs } from "./deno/fs.ts";
import { removeIfPossible } from "./remove_if_possible.ts";
import { checkOutput } from "./check_output.ts";
import { reasonOf } from "../util/reason_of.ts";

/** A text file that gets its name when it is complete. */
export interface TextOutput {
  /** Writes text. Resolves when more can be written. */
  write(text: string): Promise<void>;
  /** Completes the file and renames it to its final name. */
  commit(): Promise<void>;
  /** Deletes what was written. An older file of that name stays as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a text file for writing.
 *
 * @throws {Error} If the file cannot be written.
 */
export async function openTextOutput(path: string): Promise<TextOutput> {
  checkOutput(path);
  const encoder = new TextEncoder();
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.partial`;
  const writer = (await createWritable(temporary, path)).getWriter();
  return {
    write: (text) => writer.write(encoder.encode(text)),
    commit: async () => {
      await writer.close();
      fs.rename(temporary, path);
    },
    discard: async () => {
      // It is already closed if only the renaming failed.
      await writer.abort().catch(() => {});
      removeIfPossible(temporary);
    },
  };
}

/** Creates the temporary file. Its errors name the file that it becomes. */
async function createWritable(
  temporary: string,
  path: string,
): Promise<WritableStream<Uint8Array>> {
  try {
    return await fs.createWritable(temporary);
  } catch (cause) {
    throw new Error(
      `cannot write ${path}: ${reasonOf(cause).replaceAll(temporary, path)}`,
      { cause },
    );
  }
}
