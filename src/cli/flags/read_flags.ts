import { parseArgs } from "@std/cli/parse-args";
import { toKebabCase } from "@std/text/to-kebab-case";
import { toSnakeCase } from "@std/text/to-snake-case";
import { OPTIONS } from "../../options/all_options.ts";
import { similarName } from "../../options/similar_name.ts";
import type { FlagKind as OptionKind } from "../../options/value_type.ts";
import { UsageError } from "../usage_error.ts";

/** The type of a flag's value. A list contains the allowed strings. */
export type FlagKind = OptionKind | "port" | readonly string[];

/** Flags by name. A name in camel case is a flag in kebab case: `maxTokens` is `--max-tokens`. */
export type FlagTable = Readonly<Record<string, FlagKind>>;

/** The values of the flags of a table. A flag that was not given is missing. */
export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]?: FlagValue<Table[Name]>;
};

type FlagValue<Kind extends FlagKind> = Kind extends readonly string[]
  ? Kind[number]
  : Kind extends "text" ? string
  : Kind extends "paths" ? string | readonly string[]
  : Kind extends "number" | "port" ? number
  : Kind extends "number or none" ? number | null
  : Kind extends "boolean" ? boolean
  : unknown;

/** The short forms of flags, for every command that has the flag. */
export const SHORT_FORMS: Readonly<Record<string, string>> = {
  o: "output",
  h: "help",
  ...Object.fromEntries(
    [...OPTIONS.values()].filter(({ short }) => short !== undefined)
      .map(({ short, name }) => [short, toKebabCase(name)]),
  ),
};

/**
 * Parses a command line. `--no-…` sets a boolean flag to `false`.
 *
 * @throws {UsageError} If a flag is unknown, or its value is missing or wrong.
 */
export function readFlags<const Table extends FlagTable>(
  args: readonly string[],
  table: Table,
): { readonly flags: FlagValues<Table>; readonly args: readonly string[] } {
  const names = new Map(
    Object.keys(table).map((name) => [toKebabCase(name), name]),
  );
  const all = [...names.keys()];
  const booleans = all.filter((flag) => table[names.get(flag)!] === "boolean");
  const alias = Object.fromEntries(
    Object.entries(SHORT_FORMS).filter(([, flag]) => names.has(flag)),
  );
  const parsed = parseArgs(withNegativeNumbers(args), {
    // An argument without a flag stays as it was typed: 007 is not a number.
    string: all.filter((flag) => !booleans.includes(flag)).concat("_"),
    boolean: booleans,
    negatable: booleans,
    collect: all.filter((flag) => table[names.get(flag)!] === "paths"),
    alias,
    unknown: (arg, key) => {
      if (key === undefined) return true;
      throw new UsageError(
        unknownFlag(arg, [
          ...all.map((flag) => `--${flag}`),
          ...booleans.map((flag) => `--no-${flag}`),
        ]),
      );
    },
  }) as Record<string, unknown> & { _: (string | number)[] };
  const flags: Record<string, unknown> = {};
  for (const [flag, name] of names) {
    const value = parsed[flag];
    const isGiven = booleans.includes(flag)
      ? args.some((arg) => isFlag(arg, flag, alias))
      // A flag that can be repeated has an empty list if it is not given.
      : value !== undefined && !(Array.isArray(value) && value.length === 0);
    if (isGiven) flags[name] = readValue(`--${flag}`, value, table[name]!);
  }
  return { flags: flags as FlagValues<Table>, args: parsed._.map(String) };
}

function unknownFlag(arg: string, known: readonly string[]): string {
  const name = arg.split("=", 1)[0]!;
  // A prompt. The value of a flag is not shown: it may be a key.
  if (!/^--?[\w-]+$/.test(name)) {
    return `unknown option ${arg}: put a prompt that starts with - after --`;
  }
  if (/^--?(api[-_]?)?key$/i.test(name)) {
    return `unknown option ${name}: set OPENROUTER_API_KEY, because other users can see ` +
      "the command lines of this machine";
  }
  const meant = similarName(name, known);
  return `unknown option ${name}${
    meant === null ? "" : `; did you mean ${meant}?`
  }`;
}

/**
 * Parses the value of a flag.
 *
 * @throws {UsageError} If the value does not fit the kind.
 */
export function readValue(
  flag: string,
  value: unknown,
  kind: FlagKind,
): unknown {
  if (kind === "boolean") return value;
  if (kind === "paths") {
    return [value].flat().map((path) => readValue(flag, path, "text"));
  }
  if (Array.isArray(value)) {
    throw new UsageError(`${flag} given more than once`);
  }
  if (typeof value !== "string" || value === "") {
    throw new UsageError(`${flag} needs a value`);
  }
  switch (kind) {
    case "text":
      return value;
    case "number or none":
      return value === "none" ? null : readValue(flag, value, "number");
    case "number": {
      const number = Number(value);
      if (value.trim() !== "" && Number.isFinite(number)) return number;
      throw new UsageError(`${flag} must be a number, got ${value}`);
    }
    case "port": {
      const port = Number(value);
      if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
      throw new UsageError(
        `${flag} must be an integer from 0 to 65535, got ${value}`,
      );
    }
    case "text or json":
      return /^[[{"]/.test(value) ? readValue(flag, value, "json") : value;
    case "json":
      try {
        return JSON.parse(value);
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        throw new UsageError(`${flag} must be JSON, got ${value}: ${reason}`);
      }
    default: {
      // --json prints the names of fields in snake case.
      const found = kind.find((one) =>
        value === one || value === toSnakeCase(one)
      );
      if (found !== undefined) return found;
      throw new UsageError(
        `${flag} must be one of ${kind.join(", ")}, got ${value}`,
      );
    }
  }
}

/** Joins a flag with a negative number after it, which the parser would take for a flag. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const isValue = /^-\.?\d/.test(arg) && last?.startsWith("--") &&
      !last.includes("=") && last !== "--";
    if (isValue) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function isFlag(
  arg: string,
  flag: string,
  alias: Readonly<Record<string, string>>,
): boolean {
  return arg === `--${flag}` || arg === `--no-${flag}` ||
    arg.startsWith(`--${flag}=`) || alias[arg.replace(/^-/, "")] === flag;
}
