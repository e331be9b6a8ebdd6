/** Whether what is written to stderr is seen on a terminal. */
export function stderrIsTerminal(): boolean {
  return Deno.stderr.isTerminal();
}

/** Whether what is read from stdin is typed on a terminal. */
export function stdinIsTerminal(): boolean {
  return Deno.stdin.isTerminal();
}
