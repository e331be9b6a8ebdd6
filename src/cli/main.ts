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

import { generateCommand } from "./generate_command.ts";
import { mockCommand } from "./mock_command.ts";
import { UsageError } from "./usage_error.ts";

const HELP =
  `Samples language models many times, with their chain of thought in hand.

Usage: rollouts COMMAND [OPTIONS]

Commands:
  generate PROMPT   sample a prompt; answers are kept in .rollouts and never paid twice
  mock              serve an invented OpenRouter on 127.0.0.1

rollouts COMMAND --help tells more.

Exit codes: 0 all is well, 1 something failed, 2 the command line is wrong,
130 it was interrupted.`;

/**
 * Runs a command line.
 *
 * @param args What follows the program's name.
 * @returns The exit code: 0 all is well, 1 something failed, 2 the command line is wrong, 130 it
 * was interrupted.
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
  const [command, ...rest] = args;
  try {
    switch (command) {
      case "generate":
        return await generateCommand(rest);
      case "mock":
        return await mockCommand(rest);
      case "--help":
      case "-h":
      case "help":
        console.log(HELP);
        return 0;
      case undefined:
        throw new UsageError("a command is missing");
      default:
        throw new UsageError(`${command} is not a command`);
    }
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`rollouts: ${error.message}\n\n${HELP}`);
      return 2;
    }
    console.error(
      `rollouts: ${error instanceof Error ? error.message : error}`,
    );
    return 1;
  }
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
