/**
 * The command `rollouts`.
 *
 * @example From the shell
 * ```sh
 * deno run --allow-net --allow-read --allow-write --allow-env jsr:@rollouts/client/cli \
 *   generate "What is 5*10?" --model qwen/qwen3-30b-a3b -n 5
 * ```
 *
 * @module
 */

import { closestString } from "@std/text/closest-string";
import config from "../../deno.json" with { type: "json" };
import { isBrokenPipe } from "../platform/deno/byte_streams.ts";
import {
  programArguments,
  setExitCode,
  tolerateClosedOutput,
} from "../platform/deno/program.ts";
import type { Command, CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { configuredOptions } from "./flags/configured_options.ts";
import { InputError } from "./input_error.ts";
import { readFlags } from "./flags/read_flags.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Runs a command line.
 *
 * @param args What follows the program's name.
 * @returns The exit code: 0 all is well, 1 something failed or is missing, 2 the command line or the
 * input is wrong, 130 it was interrupted, 141 nobody read its output.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { main } from "@rollouts/client/cli";
 *
 * assertEquals(await main(["--help"]), 0);
 * ```
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`rollouts: ${error.message}\n${helpFor(args)}`);
      return 2;
    }
    if (error instanceof InputError) {
      console.error(`rollouts: ${error.message}`);
      return 2;
    }
    // Nobody reads on, as with `rollouts … | head`: no reason to say anything.
    if (isBrokenPipe(error)) return 141;
    console.error(
      `rollouts: ${error instanceof Error ? error.message : error}`,
    );
    return 1;
  }
}

async function runCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case "--version":
    case "-V":
      console.log(`rollouts ${config.version}`);
      return 0;
    case "--help":
    case "-h":
      console.log(overview());
      return 0;
    case "help":
      return rest.length === 0
        ? await runCommand(["--help"])
        : await runCommand([...rest, "--help"]);
    case undefined:
      throw new UsageError("a command is missing");
  }
  if (name === "complete" && rest[0] === "--") {
    // A shell asks, and gives the words as they stand on its line.
    const { printCompletions } = await import("./print_completions.ts");
    await printCompletions(rest.slice(1));
    return 0;
  }
  const [entry, behind] = findCommand(name, rest);
  if (entry === undefined) {
    const group = COMMANDS.filter((command) =>
      command.name.startsWith(`${name} `)
    );
    const [second, ...others] = rest;
    const asksForHelp = second === "--help" || second === "-h";
    if (group.length > 0 && asksForHelp && others.length === 0) {
      console.log(groupOverview(name, group));
      return 0;
    }
    if (group.length > 0 && second === undefined) {
      throw new UsageError(
        `${name} needs a command, such as ${group[0]!.name}`,
      );
    }
    const meant = group.length > 0 ? `${name} ${second}` : name;
    const words = [name, ...rest.slice(0, 1)].join(" ");
    const nearest = closestString(words, COMMANDS.map(({ name }) => name));
    throw new UsageError(
      `${meant} is not a command (did you mean ${nearest}?)`,
    );
  }
  const command = await entry.load();
  const { flags, positionals } = readFlags(
    behind,
    { ...command.flags, help: "boolean" },
    { ...command.aliases, h: "help" },
  );
  const { help, ...given } = flags;
  if (!help) {
    const defaults = defaultsFor(command);
    return await command.run({ flags: { ...defaults, ...given }, positionals });
  }
  console.log(command.help);
  return 0;
}

/** What is configured for the flags of a command. */
function defaultsFor({ configured }: Command): Record<string, unknown> {
  if (configured.length === 0) return {};
  return Object.fromEntries(
    [...configuredOptions()].filter(([name]) => configured.includes(name))
      .map(([name, { value }]) => [name, value]),
  );
}

/** The command that is meant, which may have two words, and what stands behind it. */
function findCommand(
  name: string,
  rest: readonly string[],
): [CommandEntry | undefined, readonly string[]] {
  const [second, ...others] = rest;
  const named = (wanted: string) =>
    COMMANDS.find((command) => command.name === wanted);
  const ofTwo = named(`${name} ${second}`);
  return ofTwo === undefined ? [named(name), rest] : [ofTwo, others];
}

/** Where help is to be had for a command line that is wrong. */
function helpFor([name, ...rest]: readonly string[]): string {
  if (name === undefined) return overview();
  const [command] = findCommand(name, rest);
  const which = command === undefined ? "" : ` ${command.name}`;
  return `rollouts${which} --help tells how it is used`;
}

/** What a word that begins several commands stands for. */
function groupOverview(name: string, group: readonly CommandEntry[]): string {
  return `Usage: rollouts ${name} COMMAND [OPTIONS]

Commands:
${listed(group)}

rollouts ${name} COMMAND --help tells more.`;
}

function listed(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return commands.map(({ usage, summary }) =>
    `  ${usage.padEnd(width)}   ${summary}`
  ).join("\n");
}

function overview(): string {
  return `Samples language models many times, with their chain of thought in hand.

Usage: rollouts COMMAND [OPTIONS]

Commands:
${listed(COMMANDS)}

rollouts COMMAND --help tells more; rollouts --version tells the version.

Exit codes: 0 all is well, 1 something failed or is missing, 2 the command line
or the input is wrong, 130 it was interrupted, 141 nobody read its output.`;
}

if (import.meta.main) {
  tolerateClosedOutput();
  setExitCode(await main(programArguments()));
}
