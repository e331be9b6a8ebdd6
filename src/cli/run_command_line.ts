import { toKebabCase } from "@std/text/to-kebab-case";
import config from "../../deno.json" with { type: "json" };
import { absolutePath } from "../platform/absolute_path.ts";
import { similarName } from "../options/similar_name.ts";
import type { Command, CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import {
  CONFIG_FILE,
  type ConfiguredOption,
  configuredOptions,
  stronger,
} from "./flags/configured_options.ts";
import { CONFIG_FLAGS } from "./flags/option_flags.ts";
import { readFlags } from "./flags/read_flags.ts";
import { stdio } from "../platform/deno/stdio.ts";
import type { CliOutput } from "./output/cli_output.ts";
import { wrapHelp } from "./output/wrap_help.ts";
import { UsageError } from "./usage_error.ts";
import { countNoun } from "../util/count_noun.ts";

/**
 * Runs the command that a command line names, and returns the exit code.
 *
 * @throws {UsageError} If the command line is wrong.
 */
export async function runCommandLine(
  words: readonly string[],
  output: CliOutput,
): Promise<number> {
  const [name, ...rest] = words;
  switch (name) {
    case "--version":
    case "-V":
      output.print(`rollouts ${config.version}`);
      return 0;
    case "--help":
    case "-h":
      printHelp(overview(), output);
      return 0;
    case "help":
      return await runCommandLine([...rest, "--help"], output);
    case undefined:
      throw new UsageError("no command given");
  }
  if (name === "complete" && rest[0] === "--") {
    // A shell asks for completions of the words on its line.
    const { printCompletions } = await import("./print_completions.ts");
    await printCompletions(rest.slice(1), output);
    return 0;
  }
  const [entry, others] = findCommand(words);
  if (entry === undefined) return showGroup(name, rest, output);
  const { command } = await entry.load();
  const { flags: { help, trustConfig, ...given }, args } = readFlags(others, {
    ...command.flags,
    ...(command.configured === undefined ? {} : CONFIG_FLAGS),
    help: "boolean",
  });
  if (help) {
    printHelp(command.help, output);
    return 0;
  }
  const { min, max, what } = command.args ??
    { min: 0, max: 0, what: "no argument" };
  if (args.length < min || args.length > max) {
    throw new UsageError(
      `${entry.name} takes ${what}, got ${countNoun(args.length, "argument")}`,
    );
  }
  const flags = withDefaults(given, command, {
    trustConfig: trustConfig as boolean | undefined,
    output,
  });
  return await command.run({
    flags,
    given: new Set(Object.keys(given)),
    args,
    output,
  });
}

/** The suggestion after a usage error. */
export function helpHint(words: readonly string[]): string {
  if (words.length === 0) return overview();
  const [command] = findCommand(words);
  const which = command === undefined ? "" : ` ${command.name}`;
  return `see rollouts${which} --help`;
}

/** Finds the command, whose name has one or two words, and returns the words after it. */
function findCommand(
  words: readonly string[],
): [CommandEntry | undefined, readonly string[]] {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const entry = COMMANDS.find((command) => command.name === name);
    if (entry !== undefined) return [entry, words.slice(length)];
  }
  return [undefined, words];
}

/** Adds the configured defaults to the flags, and logs which file has some of them. */
function withDefaults(
  given: Readonly<Record<string, unknown>>,
  { configured }: Command,
  { trustConfig, output }: {
    readonly trustConfig?: boolean;
    readonly output: CliOutput;
  },
): Record<string, unknown> {
  const flags: Record<string, unknown> = { ...given };
  if (configured === undefined) return flags;
  const fromFile: string[] = [];
  for (const [name, option] of configuredOptions({ trustConfig })) {
    if (!configured.includes(name)) continue;
    const flag = given[name];
    const holds: ConfiguredOption = flag === undefined
      ? option
      : stronger(name, { value: flag, source: "flag" }, option);
    if (holds.source === "flag") continue;
    flags[name] = holds.value;
    if (flag !== undefined && flag !== holds.value) {
      output.log(
        `--${
          toKebabCase(name)
        } ${flag} is above the limit in ${holds.source}: ${holds.value} is used`,
      );
    }
    if (holds.source === CONFIG_FILE) fromFile.push(name);
  }
  if (fromFile.length > 0) {
    output.log(`${absolutePath(CONFIG_FILE)} sets ${fromFile.join(", ")}`);
  }
  return flags;
}

/** Handles a first word that is not a complete command: `cache --help`, or a mistake. */
function showGroup(
  name: string,
  [second, ...others]: readonly string[],
  output: CliOutput,
): number {
  const group = COMMANDS.filter((command) =>
    command.name.startsWith(`${name} `)
  );
  if (group.length > 0) {
    const asksForHelp = second === "--help" || second === "-h";
    if (asksForHelp && others.length === 0) {
      printHelp(
        `Usage: rollouts ${name} COMMAND [OPTIONS]

Commands:
${listed(group)}

rollouts ${name} COMMAND --help shows the options of a command.`,
        output,
      );
      return 0;
    }
    if (second === undefined) {
      throw new UsageError(
        `${name} is a group of commands: use one of them, such as ${
          group[0]!.name
        }`,
      );
    }
  }
  const words = second === undefined ? name : `${name} ${second}`;
  const meant = similarName(words, COMMANDS.map(({ name }) => name)) ??
    similarName(name, COMMANDS.map(({ name }) => name));
  throw new UsageError(
    `unknown command "${group.length > 0 ? words : name}"` +
      (meant === null ? "" : `; did you mean "${meant}"?`),
  );
}

/** The maximum width of help on a terminal, and the width of help elsewhere. */
const MAX_WIDTH = 120;
const USUAL_WIDTH = 100;

function printHelp(help: string, output: CliOutput): void {
  const width = Math.min(stdio.columns("stdout") ?? USUAL_WIDTH, MAX_WIDTH);
  output.print(wrapHelp(help, width));
}

function listed(commands: readonly CommandEntry[]): string {
  const usages = commands.map(({ name, args = "" }) =>
    `${name} ${args}`.trim()
  );
  const width = Math.max(...usages.map((usage) => usage.length));
  return commands.map(({ summary }, i) =>
    `  ${usages[i]!.padEnd(width)}   ${summary}`
  ).join("\n");
}

function overview(): string {
  return `Samples language models many times through OpenRouter, and caches every sample.

Usage: rollouts COMMAND [OPTIONS]

Commands:
${listed(COMMANDS)}

rollouts COMMAND --help shows the options of a command; rollouts --version prints the version.

Exit codes: 0 success, 1 something failed or is missing, 2 the command line or the input is wrong, 130
interrupted, 141 the reader of the output is gone.`;
}
