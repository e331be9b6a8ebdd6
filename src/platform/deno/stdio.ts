import type { Stdio } from "../stdio.ts";

/** The standard streams of the process, as Deno gives access to them. */
export const stdio = {
  isTerminal: (stream) => Deno[stream].isTerminal(),
  columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : null,
  stdin: () => Deno.stdin.readable,
  stdout: () => Deno.stdout.writable,
  isBrokenPipe: (error) => error instanceof Deno.errors.BrokenPipe,
  // Deno handles this itself.
  ignoreBrokenPipe: () => {},
} satisfies Stdio;
