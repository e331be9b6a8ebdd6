import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "./usage_error.ts";

/** What a flag's value is. */
export type FlagKind = "text" | "number" | "json" | "boolean";

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
    Object.keys(table).map((name) => [kebabCase(name), name]),
  );
  const booleans = [...names.keys()].filter((flag) =>
    table[names.get(flag)!] === "boolean"
  );
  const parsed = parseArgs([...args], {
    string: [...names.keys()].filter((flag) => !booleans.includes(flag)),
    boolean: booleans,
    negatable: booleans,
    alias: { ...alias },
    unknown: (arg, key) => {
      if (key !== undefined) throw new UsageError(`${arg} is not an option`);
      return true;
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

function readValue(flag: string, value: unknown, kind: FlagKind): unknown {
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
    case "json":
      try {
        return JSON.parse(value);
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        throw new UsageError(`${flag} must be JSON: ${reason}`);
      }
  }
}

function isFlag(
  arg: string,
  flag: string,
  alias: Readonly<Record<string, string>>,
): boolean {
  return arg === `--${flag}` || arg === `--no-${flag}` ||
    arg.startsWith(`--${flag}=`) || alias[arg.replace(/^-/, "")] === flag;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
