import { readText } from "../../platform/read_text.ts";
import { withInputErrors } from "../input_error.ts";

/**
 * Reads a prompt from a file, or from stdin if the file is `-`. Removes the last line break.
 *
 * @throws {InputError} If the file cannot be read.
 */
export async function readPromptFile(file: string): Promise<string> {
  const text = await withInputErrors(() => readText(file));
  return text.replace(/\r?\n$/, "");
}
