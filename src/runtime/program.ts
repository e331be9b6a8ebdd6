/** What follows the program's name on its command line. */
export function programArguments(): readonly string[] {
  return Deno.args;
}

/** Sets the code that the program will end with. */
export function setExitCode(code: number): void {
  Deno.exitCode = code;
}
