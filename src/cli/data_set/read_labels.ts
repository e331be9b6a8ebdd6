import type { Prompt } from "../../../mod.ts";
import { InputError } from "../input_error.ts";
import { promptText } from "./prompt_text.ts";
import { formatOf, readDataSet } from "./read_data_set.ts";

/**
 * The right answers of a data set's prompts. A prompt has that of the same prompt without the beginning
 * of a thought, too.
 *
 * @throws {InputError} Where the set cannot be read, or no prompt of it has the field.
 */
export async function readTruths(
  file: string,
  field: string,
): Promise<(prompt: Prompt) => string | null> {
  const truths = new Map<string, string>();
  for await (const { prompt, carried } of readDataSet(file, formatOf(file))) {
    const truth = carried[field];
    if (truth === undefined || truth === null || truth === "") continue;
    truths.set(withoutThought(prompt), String(truth));
  }
  if (truths.size > 0) {
    return (prompt) => truths.get(withoutThought(prompt)) ?? null;
  }
  throw new InputError(`${file}: no prompt has a field ${field}`);
}

function withoutThought(prompt: Prompt): string {
  if (typeof prompt === "string") return prompt.split("<think>", 1)[0]!.trim();
  const isBegun = prompt.at(-1)?.role === "assistant";
  return promptText(isBegun ? prompt.slice(0, -1) : prompt);
}
