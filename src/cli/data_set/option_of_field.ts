import { toKebabCase } from "@std/text/to-kebab-case";
import { toSnakeCase } from "@std/text/to-snake-case";
import { maySet, OPTIONS } from "../../options/all_options.ts";
import { similarName } from "../../options/similar_name.ts";
import {
  COMMAND_OPTIONS,
  type CommandOption,
  type FlagOption,
  OPTION_FLAGS,
} from "../flags/option_flags.ts";

const ALL_OPTIONS: readonly CommandOption[] = [
  ...OPTIONS.values(),
  ...COMMAND_OPTIONS.values(),
];

/** The options by their names in this package and in Python. */
const OPTION_BY_FIELD: ReadonlyMap<string, CommandOption> = new Map(
  ALL_OPTIONS.flatMap((option) => [
    [option.name, option],
    [toSnakeCase(option.name), option],
  ]),
);

/**
 * Returns the option that a field of a data set sets, by its name in this package (`maxTokens`) or
 * in Python (`max_tokens`), or `null` if it sets none.
 *
 * @throws {TypeError} If it is an option that a row is not allowed to set: a data set can come from anyone.
 */
export function optionOfField(
  field: string,
  value: () => unknown,
): FlagOption | null {
  const option = OPTION_BY_FIELD.get(field);
  if (option === undefined) return null;
  const { name } = option;
  if (maySet("row", option)) return name as FlagOption;
  const shown = OPTIONS.get(name)?.type.isSecret
    ? "a value"
    : JSON.stringify(value())?.slice(0, 60);
  const instead = Object.hasOwn(OPTION_FLAGS, name)
    ? `pass --${toKebabCase(name)} on the command line, or rename the field`
    : "rename the field";
  throw new TypeError(
    `its field ${field} would set ${name} (${shown}), which a row is not allowed to set: ${instead}`,
  );
}

/**
 * Describes a field that looks like a misspelled option. Returns `null` for
 * other fields.
 */
export function slipOf(field: string): string | null {
  const meant = similarName(field, ALL_OPTIONS.map(({ name }) => name));
  if (meant === null) return null;
  return maySet("row", OPTION_BY_FIELD.get(meant)!)
    ? `unknown option "${field}"; did you mean "${toSnakeCase(meant)}"?`
    : `"${field}" looks like ${meant}, which applies to the whole run: pass --${
      toKebabCase(meant)
    }.`;
}
