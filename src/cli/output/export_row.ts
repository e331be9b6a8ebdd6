import type { CachedEntry, CachedPrompt } from "../../../mod.ts";
import { type Cell, type CellKind, SAMPLE_FIELDS } from "./sample_fields.ts";

/** A sample as a row of a table. */
export type ExportRow = Readonly<Record<string, Cell>>;

const FIELDS = Object.entries(SAMPLE_FIELDS);

/** The columns of the table, in order. */
export const EXPORT_COLUMNS: Readonly<Record<string, CellKind>> = {
  key: "text",
  model: "text",
  prompt: "text",
  messages: "text",
  parameters: "text",
  answer: "text",
  ...Object.fromEntries(FIELDS.map(([name, [kind]]) => [name, kind])),
};

/**
 * Converts a sample to a row. Messages and parameters are JSON.
 *
 * @param answerOf Finds the answer in the content.
 */
export function exportRow(
  { key }: CachedPrompt,
  { model, prompt, parameters, response }: CachedEntry,
  answerOf: (content: string) => string | null,
): ExportRow {
  const isText = typeof prompt === "string";
  return {
    key,
    model,
    prompt: isText ? prompt : null,
    messages: isText ? null : JSON.stringify(prompt),
    parameters: JSON.stringify(parameters),
    answer: answerOf(response.content),
    ...Object.fromEntries(
      FIELDS.map(([name, [, value]]) => [name, value(response)]),
    ),
  };
}
