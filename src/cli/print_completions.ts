import { toKebabCase } from "@std/text/to-kebab-case";
import { OPTIONS } from "../options/all_options.ts";
import type { CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { CONFIG_FLAGS } from "./flags/option_flags.ts";
import { type FlagTable, SHORT_FORMS } from "./flags/read_flags.ts";
import type { CliOutput } from "./output/cli_output.ts";

/** The candidates that complete a word, with their descriptions. */
type Candidates = ReadonlyMap<string, string>;

/**
 * Prints completions of the last word, which the shell requests at each Tab: one per line, with a tab
 * before its description. Prints nothing if the word can be a file or any text.
 */
export async function printCompletions(
  words: readonly string[],
  output: CliOutput,
): Promise<void> {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const command = COMMANDS.find(({ name }) =>
    startsWith(before, name.split(" "))
  );
  const candidates = command === undefined
    ? commandsAfter(before)
    : await flagsOrValues(command, before, last);
  // Bash passes --format=csv as three words.
  const start = last === "=" ? "" : last;
  for (const [candidate, description] of candidates) {
    if (!candidate.startsWith(start)) continue;
    output.print(`${candidate}\t${description}`);
  }
}

function startsWith(
  words: readonly string[],
  start: readonly string[],
): boolean {
  return start.every((word, i) => words[i] === word);
}

/** The next words of the commands that start with some words. */
function commandsAfter(words: readonly string[]): Candidates {
  const next = new Map<string, string>();
  for (const { name, summary } of COMMANDS) {
    const parts = name.split(" ");
    const word = parts[words.length];
    if (word === undefined || !startsWith(parts, words)) continue;
    next.set(word, parts.length > words.length + 1 ? "commands" : summary);
  }
  return next;
}

/** The flags of a command, or the values of the flag before the last word. */
async function flagsOrValues(
  { load }: CommandEntry,
  before: readonly string[],
  last: string,
): Promise<Candidates> {
  if (before.includes("--")) return new Map();
  const { command } = await load();
  const table: FlagTable = {
    ...command.flags,
    ...(command.configured === undefined ? {} : CONFIG_FLAGS),
    help: "boolean",
  };
  const kinds = new Map(
    Object.entries(table).map(([name, kind]) => [toKebabCase(name), kind]),
  );
  const valuesOf = (flag: string, prefix = ""): Candidates => {
    const name = flag.replace(/^--?/, "");
    const kind = kinds.get(SHORT_FORMS[name] ?? name);
    const values = Array.isArray(kind) ? kind : [];
    return new Map(values.map((value) => [`${prefix}${value}`, ""]));
  };
  const [, assigned] = last.match(/^(--[\w-]+)=/) ?? [];
  if (assigned !== undefined) return valuesOf(assigned, `${assigned}=`);
  const flag = before.at(last === "=" || before.at(-1) !== "=" ? -1 : -2) ?? "";
  if (flag.startsWith("-") && (last === "=" || !isBoolean(flag, kinds))) {
    return valuesOf(flag);
  }
  if (!last.startsWith("-")) return new Map();
  return new Map(
    Object.keys(table).map((name) => [
      `--${toKebabCase(name)}`,
      OPTIONS.get(name)?.help ?? "",
    ]),
  );
}

/** Whether no value follows a flag. */
function isBoolean(
  flag: string,
  kinds: ReadonlyMap<string, FlagTable[string]>,
): boolean {
  const name = flag.replace(/^--?/, "");
  const kind = kinds.get(SHORT_FORMS[name] ?? name);
  return kind === "boolean" || kind === undefined;
}
