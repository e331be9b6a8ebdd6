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

import { stdio } from "../platform/deno/stdio.ts";
import { withFlagNames } from "./flags/with_flag_names.ts";
import { InputError } from "./input_error.ts";
import {
  type CliOutput,
  escapedOutput,
  processOutput,
} from "./output/cli_output.ts";
import { helpHint, runCommandLine } from "./run_command_line.ts";
import { runProcess } from "./run_process.ts";
import { UsageError } from "./usage_error.ts";

export type { CliOutput };

/**
 * Runs a command line.
 *
 * @param args The words after the program's name.
 * @param output Where it writes. By default, the stdout and stderr of this process.
 * @returns The exit code: 0 success, 1 something failed or is missing, 2 the command line or the
 * input is wrong, 130 interrupted, 141 the reader of its output is gone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { main } from "@rollouts/client/cli";
 *
 * assertEquals(await main(["--help"]), 0);
 * ```
 */
export async function main(
  args: readonly string[],
  output: CliOutput = processOutput(),
): Promise<number> {
  const escaped = escapedOutput(output);
  try {
    return await runCommandLine(args, escaped);
  } catch (error) {
    // The reader has closed the pipe, as in `rollouts … | head`: exit without a message.
    if (stdio.isBrokenPipe(error)) return 141;
    const message = error instanceof Error ? error.message : `${error}`;
    const isUsage = error instanceof UsageError;
    const isInput = error instanceof InputError;
    if (isUsage) escaped.log(`${message}\n${helpHint(args)}`);
    else escaped.log(isInput ? message : withFlagNames(message));
    return isUsage || isInput ? 2 : 1;
  }
}

if (import.meta.main) await runProcess(main);
