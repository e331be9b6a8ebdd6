import { readText } from "../../platform/read_text.ts";
import { InputError } from "../input_error.ts";

/**
 * Reads a prompt from a file, or from stdin if the file is `-`. Removes the last line break.
 *
 * @throws {InputError} If the file cannot be read.
 */
export async function readPromptFile(file: string): Promise<string> {
  try {
    return (await readText(file)).replace(/\r?\n$/, "");
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
