import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { toSnakeCase } from "@std/text/to-snake-case";
import { OPTION_FLAGS } from "../flags/option_flags.ts";

/** An option that a prompt of a data set can have. */
export type FieldOption = Exclude<keyof typeof OPTION_FLAGS, OfTheRun>;

type OfTheRun = typeof OF_THE_RUN[number];

/** Options that concern the whole run. */
const OF_THE_RUN = [
  "workers",
  "progressBar",
  "verbose",
  "cacheDir",
  "useCache",
] as const;

const OPTIONS = (Object.keys(OPTION_FLAGS) as (keyof typeof OPTION_FLAGS)[])
  .filter((name): name is FieldOption =>
    !(OF_THE_RUN as readonly string[]).includes(name)
  );

/** An option's name as the data set may write it, and the option. */
const NAMES: ReadonlyMap<string, FieldOption> = new Map(
  OPTIONS.flatMap((name) => [[name, name], [toSnakeCase(name), name]]),
);

const BY_LETTERS: ReadonlyMap<string, FieldOption> = new Map(
  OPTIONS.map((name) => [lettersOf(name), name]),
);

/** The option that a field is called like, in this package (`maxTokens`) or in Python (`max_tokens`); null where it is none. */
export function optionOfField(field: string): FieldOption | null {
  return NAMES.get(field) ?? null;
}

/**
 * What to say of a field that is no option, but looks as if it was meant as one: it differs in case,
 * spaces or marks, in a letter, or, from seven letters on, in two; or it is an option of the whole run.
 * Null where it looks like a field of the data set's own.
 */
export function slipOf(field: string): string | null {
  const word = lettersOf(field);
  if (OF_THE_RUN.some((option) => lettersOf(option) === word)) {
    return `"${field}" is an option of the whole run, for the command line`;
  }
  const nearest = closestString(word, [...BY_LETTERS.keys()]);
  const bound = word.length < 5 ? 0 : word.length < 7 ? 1 : 2;
  if (levenshteinDistance(word, nearest) > bound) return null;
  return `"${field}" is not an option (did you mean ` +
    `${toSnakeCase(BY_LETTERS.get(nearest)!)}?)`;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
