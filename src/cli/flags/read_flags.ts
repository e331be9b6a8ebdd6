import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { toKebabCase } from "@std/text/to-kebab-case";
import type { FlagKind } from "../../options/value_type.ts";
import { UsageError } from "../usage_error.ts";

/** A command line, read. */
export interface ReadFlags {
  /** The flags that were given, by the names of the table. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** What stands without a flag. */
  readonly positionals: readonly string[];
}

/**
 * Reads a command line by a table of flags. A name in camel case is a flag in kebab case:
 * `maxTokens` is `--max-tokens`, and `--no-…` turns a boolean off.
 *
 * @throws {UsageError} Where a flag is unknown, lacks its value, or has a wrong one.
 */
export function readFlags(
  args: readonly string[],
  table: Readonly<Record<string, FlagKind>>,
  alias: Readonly<Record<string, string>> = {},
): ReadFlags {
  const names = new Map(
    Object.keys(table).map((name) => [toKebabCase(name), name]),
  );
  const booleans = [...names.keys()].filter((flag) =>
    table[names.get(flag)!] === "boolean"
  );
  const parsed = parseArgs(withNegativeNumbers(args), {
    // What stands without a flag stays as it was typed: 007 is no number.
    string: [...names.keys()].filter((flag) => !booleans.includes(flag))
      .concat("_"),
    boolean: booleans,
    negatable: booleans,
    alias: { ...alias },
    unknown: (arg, key) => {
      if (key === undefined) return true;
      const known = [...names.keys()].map((flag) => `--${flag}`);
      const off = booleans.map((flag) => `--no-${flag}`);
      const nearest = closestString(arg, [...known, ...off]);
      throw new UsageError(
        `${arg} is not an option (did you mean ${nearest}?); a prompt that begins ` +
          `with - goes behind --`,
      );
    },
  }) as Record<string, unknown> & { _: (string | number)[] };
  const flags: Record<string, unknown> = {};
  for (const [flag, name] of names) {
    const value = parsed[flag];
    const isGiven = booleans.includes(flag)
      ? args.some((arg) => isFlag(arg, flag, alias))
      : value !== undefined;
    if (isGiven) flags[name] = readValue(`--${flag}`, value, table[name]!);
  }
  return { flags, positionals: parsed._.map(String) };
}

/**
 * The value of a flag, from how it is written.
 *
 * @throws {UsageError} Where it is not what it must be.
 */
export function readValue(
  flag: string,
  value: unknown,
  kind: FlagKind,
): unknown {
  if (kind === "boolean") return value;
  if (Array.isArray(value)) throw new UsageError(`${flag} stands twice`);
  if (typeof value !== "string" || value === "") {
    throw new UsageError(`${flag} needs a value`);
  }
  switch (kind) {
    case "text":
      return value;
    case "number": {
      const number = Number(value);
      if (value.trim() !== "" && Number.isFinite(number)) return number;
      throw new UsageError(`${flag} must be a number, got ${value}`);
    }
    case "text or json":
      return /^[[{"]/.test(value) ? readValue(flag, value, "json") : value;
    case "json":
      try {
        return JSON.parse(value);
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        throw new UsageError(`${flag} must be JSON: ${reason}`);
      }
  }
}

/** Joins a flag with a negative number behind it, which else counts as a flag itself. */
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
