import { toSnakeCase } from "@std/text/to-snake-case";
import type { OptionRow } from "./option_row.ts";
import { OPTION_TABLE } from "./option_table.ts";
import type { AllOptions } from "./options.ts";

/** Where an option applies: see {@linkcode OPTION_TABLE}. */
export type OptionScope = keyof typeof OPTION_TABLE;

/** An option of the table, with its name and scope. */
export interface Option extends OptionRow {
  /** Its field in the request's body, or `null` if it has none. */
  readonly field: string | null;
  /** Its name in the API of this package. */
  readonly name: keyof AllOptions;
  /** Where it applies. */
  readonly scope: OptionScope;
}

/** Every option by its name, in the order of the table. */
export const OPTIONS: ReadonlyMap<string, Option> = new Map(
  Object.entries(OPTION_TABLE).flatMap(([scope, rows]) =>
    Object.entries(rows).map(([name, row]) =>
      [
        name,
        { ...row, name, scope, field: fieldOf(name, scope, row) } as Option,
      ] as const
    )
  ),
);

/** The options that are sent in the request's body, by their fields. */
export const OPTIONS_BY_FIELD: ReadonlyMap<string, Option> = new Map(
  [...OPTIONS.values()].flatMap((option) =>
    option.field === null ? [] : [[option.field, option]]
  ),
);

function fieldOf(
  name: string,
  scope: string,
  { field }: OptionRow,
): string | null {
  return field === undefined && scope === "sampling"
    ? toSnakeCase(name)
    : field ?? null;
}
