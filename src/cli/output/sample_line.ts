import type { Response } from "../../../mod.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";
import type { DataItem } from "../data_set/data_item.ts";
import { LINE_FIELDS, SAMPLE_FIELDS } from "./sample_fields.ts";

/**
 * Formats a sample as a JSON line: the fields of its prompt as they are written in the data set, then
 * its own. Leaves out what differs when the same samples are written again, such as whether they were
 * cached.
 */
export function sampleLine(
  { id, prompt, promptJson, optionFields, carried }: DataItem,
  response: Response,
): string {
  const model = response.request?.options.model ?? null;
  const members = [
    ...(id === null ? [] : [["id", id] as const]),
    ["model", JSON.stringify(model)] as const,
    ...optionFields,
    ...carried,
    [typeof prompt === "string" ? "prompt" : "messages", promptJson] as const,
    ...LINE_FIELDS.map((name) =>
      [name, JSON.stringify(SAMPLE_FIELDS[name][1](response))] as const
    ),
  ].map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return `${escapeControlChars(`{${members.join(",")}}`)}\n`;
}
