import { stdio } from "../platform/deno/stdio.ts";
import { system } from "../platform/deno/system.ts";
import { escapedOutput, processOutput } from "./output/cli_output.ts";

/**
 * Runs the command line of this process, and sets its exit code. An uncaught error, whose text may come from
 * a server, is printed without control characters.
 *
 * @param main Runs a command line, and returns its exit code.
 */
export async function runProcess(
  main: (args: readonly string[]) => Promise<number>,
): Promise<void> {
  const output = escapedOutput(processOutput());
  system.onUncaughtError((error) => {
    if (stdio.isBrokenPipe(error)) system.exit(141);
    const text = error instanceof Error ? error.stack ?? error.message : error;
    output.log(`unexpected error: ${text}`);
    system.exit(1);
  });
  stdio.ignoreBrokenPipe();
  system.setExitCode(await main(system.args()));
}
