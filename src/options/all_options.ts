import {
  OPTION_SOURCES,
  type OptionRow,
  type OptionSource,
} from "./option_row.ts";
import { OPTION_TABLE } from "./option_table.ts";
import type { AllOptions } from "./options.ts";

/** An option of the table. */
export interface Option extends OptionRow {
  /** Its name in the API of this package. */
  readonly name: keyof AllOptions;
  /** The options it belongs to: see {@linkcode OPTION_TABLE}. */
  readonly scope: keyof typeof OPTION_TABLE;
  /** Its field in the request's body, or `null` if it has none. */
  readonly bodyField: string | null;
  /** The least trusted source that may set it. */
  readonly setBy: OptionSource;
}

/** The least trusted source that may set the options of a scope. */
const SET_BY: Readonly<Record<Option["scope"], OptionSource>> = {
  call: "row",
  sampling: "row",
  run: "file",
  client: "caller",
};

/** Every option by its name, in the order of the table. */
export const OPTIONS: ReadonlyMap<string, Option> = new Map(
  Object.entries(OPTION_TABLE).flatMap(([scope, rows]) =>
    Object.entries<OptionRow>(rows).map(([name, row]) => {
      const isSent = scope === "sampling" && !row.hasNoField;
      const bodyField = isSent ? fieldOf(name) : null;
      const setBy = row.type.kind === null
        ? "caller"
        : row.setBy ?? SET_BY[scope as Option["scope"]];
      return [name, { ...row, name, scope, bodyField, setBy } as Option];
    })
  ),
);

export function maySet(
  source: OptionSource,
  { setBy }: Pick<Option, "setBy">,
): boolean {
  return OPTION_SOURCES.indexOf(source) >= OPTION_SOURCES.indexOf(setBy);
}

/** Converts a name to snake case. Names are ASCII; `toSnakeCase()` takes over 3 ms to load its Unicode patterns. */
function fieldOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
