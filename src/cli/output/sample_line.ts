import type { Response } from "../../../mod.ts";
import { jsonLine } from "./cli_output.ts";
import type { DataItem } from "../data_set/data_item.ts";
import { LINE_FIELDS, SAMPLE_FIELDS } from "./sample_fields.ts";

/**
 * Formats a sample as a JSON line: the fields of its prompt, then its own. Leaves out what differs
 * when the same samples are written again, such as whether they were cached.
 */
export function sampleLine(
  { id, prompt, carried }: DataItem,
  response: Response,
): string {
  const line = {
    id,
    ...carried,
    [typeof prompt === "string" ? "prompt" : "messages"]: prompt,
    ...Object.fromEntries(
      LINE_FIELDS.map((name) => [name, SAMPLE_FIELDS[name][1](response)]),
    ),
  };
  return jsonLine(line);
}
