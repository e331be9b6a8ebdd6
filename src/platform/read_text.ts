import { reasonOf } from "../util/reason_of.ts";
import { openText } from "./open_text.ts";

/**
 * Reads a file, or stdin if the path is `-`, as text.
 *
 * @throws {Error} If it cannot be read, or is not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  try {
    let text = "";
    for await (const part of await openText(path)) text += part;
    return text;
  } catch (error) {
    const file = path === "-" ? "stdin" : path;
    throw new Error(`cannot read ${file}: ${reasonOf(error)}`);
  }
}
