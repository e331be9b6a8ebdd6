import type { Prompt } from "../../../mod.ts";
import { InputError } from "../input_error.ts";
import { promptText } from "./prompt_text.ts";
import { readDataSet } from "./read_data_set.ts";

/**
 * Reads the correct answers to a data set's prompts.
 *
 * @returns A function that looks up the label of a prompt. It ignores a prefill, so a prefilled prompt has
 * the label of the same prompt without it.
 *
 * @throws {InputError} If the data set cannot be read, or none of its prompts has the field.
 */
export async function readLabels(
  file: string,
  field: string,
): Promise<(prompt: Prompt) => string | null> {
  const labels = new Map<string, string>();
  for await (const { prompt, carried } of readDataSet(file)) {
    const json = carried.get(field) ?? "null";
    const label: unknown = JSON.parse(json);
    if (label === null || label === "") continue;
    labels.set(
      withoutPrefill(prompt),
      typeof label === "string" ? label : json,
    );
  }
  if (labels.size > 0) {
    return (prompt) => labels.get(withoutPrefill(prompt)) ?? null;
  }
  throw new InputError(
    `${file}: no prompt contains the field ${field}: check the name`,
  );
}

function withoutPrefill(prompt: Prompt): string {
  if (typeof prompt === "string") return prompt.split("<think>", 1)[0]!.trim();
  const isPrefilled = prompt.at(-1)?.role === "assistant";
  return promptText(isPrefilled ? prompt.slice(0, -1) : prompt);
}
