import { toSnakeCase } from "@std/text/to-snake-case";
import type { OptionRow } from "./option_row.ts";
import { OPTION_TABLE } from "./option_table.ts";
import type { AllOptions } from "./options.ts";

/** An option of the table. */
export interface Option extends OptionRow {
  /** Its name in the API of this package. */
  readonly name: keyof AllOptions;
  /** Where it applies: see {@linkcode OPTION_TABLE}. */
  readonly scope: keyof typeof OPTION_TABLE;
  /** Its field in the request's body, or `null` if it has none. */
  readonly bodyField: string | null;
}

/** Every option by its name, in the order of the table. */
export const OPTIONS: ReadonlyMap<string, Option> = new Map(
  Object.entries(OPTION_TABLE).flatMap(([scope, rows]) =>
    Object.entries<OptionRow>(rows).map(([name, row]) => {
      const isSent = scope === "sampling" && !row.hasNoField;
      const bodyField = isSent ? toSnakeCase(name) : null;
      return [name, { ...row, name, scope, bodyField } as Option];
    })
  ),
);
