/** What follows the program's name on its command line. */
export function programArguments(): readonly string[] {
  return Deno.args;
}

/**
 * Lets the program go on where nobody reads its output any more, as with `rollouts … | head`: Deno does
 * so by itself.
 */
export function tolerateClosedOutput(): void {}

/** Sets the code that the program will end with. */
export function setExitCode(code: number): void {
  Deno.exitCode = code;
}
