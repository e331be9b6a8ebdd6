import { toSnakeCase } from "@std/text/to-snake-case";
import { OPTIONS } from "../../options/all_options.ts";
import { similarName } from "../../options/similar_name.ts";
import { type FlagOption, OPTION_FLAGS } from "../flags/option_flags.ts";

/** Options of the whole run, which a prompt of a data set cannot set. */
const RUN_WIDE: readonly string[] = [
  "progressBar",
  "verbose",
  "cacheDir",
  "useCache",
  ...[...OPTIONS.values()].filter(({ scope }) => scope === "client")
    .map(({ name }) => name),
];

/** The options that a prompt can set, by their names in this package and in Python. */
const OPTION_BY_FIELD: ReadonlyMap<string, FlagOption> = new Map(
  (Object.keys(OPTION_FLAGS) as FlagOption[]).filter((name) =>
    !RUN_WIDE.includes(name)
  )
    .flatMap((name) => [[name, name], [toSnakeCase(name), name]]),
);

/**
 * Returns the option that a field of a data set sets, by its name in this package (`maxTokens`) or
 * in Python (`max_tokens`), or `null` if it sets none.
 */
export function optionOfField(field: string): FlagOption | null {
  return OPTION_BY_FIELD.get(field) ?? null;
}

/**
 * Describes a field that sets no option, but looks like one that was misspelled or that applies to
 * the whole run. Returns `null` for a field of the data set's own.
 */
export function slipOf(field: string): string | null {
  const options = [...new Set(OPTION_BY_FIELD.values())];
  const meant = similarName(field, [...options, ...RUN_WIDE]);
  if (meant === null) return null;
  return RUN_WIDE.includes(meant)
    ? `"${field}" looks like ${meant}, which applies to the whole run: set it on the command line.`
    : `"${field}" is not an option; did you mean "${toSnakeCase(meant)}"?`;
}
