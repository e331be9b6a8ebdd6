import type { CliOutput } from "../../src/cli/output/cli_output.ts";

/** Returns what is printed on stdout, by calls of `print`. */
export async function linesOf(
  run: (output: CliOutput, lines: readonly string[]) => void | Promise<void>,
): Promise<string[]> {
  const lines: string[] = [];
  await run({
    print: (line) => lines.push(line),
    log: () => {},
    write: () => Promise.resolve(),
  }, lines);
  return lines;
}
