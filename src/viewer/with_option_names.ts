import { OPTIONS } from "../options/all_options.ts";

const BY_FIELD: ReadonlyMap<string, string> = new Map(
  [...OPTIONS.values()].flatMap(({ name, bodyField }) =>
    bodyField === null ? [] : [[bodyField, name]]
  ),
);

/** Renames the fields of a request body to the names of their options: `topP` for `top_p`. */
export function withOptionNames(
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map((
      [field, value],
    ) => [BY_FIELD.get(field) ?? field, value]),
  );
}
