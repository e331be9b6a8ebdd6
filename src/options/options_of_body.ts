import type { SampledOptions } from "../sampling_options.ts";
import { OPTIONS } from "./all_options.ts";

const BY_FIELD: ReadonlyMap<string, string> = new Map(
  [...OPTIONS.values()].flatMap(({ name, bodyField }) =>
    bodyField === null ? [] : [[bodyField, name]]
  ),
);

/** Returns the options that set the fields of a request body; other fields become `extraBody`. */
export function optionsOfBody(
  body: Readonly<Record<string, unknown>>,
): Partial<SampledOptions> {
  const options: Record<string, unknown> = {};
  const extraBody: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(body)) {
    const name = BY_FIELD.get(field);
    if (name === undefined) extraBody[field] = value;
    else options[name] = value;
  }
  return Object.keys(extraBody).length > 0
    ? { ...options, extraBody }
    : options;
}
