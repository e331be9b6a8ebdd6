/** Whether what is written to stderr is seen on a terminal. */
export function stderrIsTerminal(): boolean {
  return Deno.stderr.isTerminal();
}
