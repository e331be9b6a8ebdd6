/** Sets the code that the program will end with. */
export function setExitCode(code: number): void {
  Deno.exitCode = code;
}
