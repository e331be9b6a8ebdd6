import type { Stdio } from "../stdio.ts";

/** The standard streams of the process, as Deno gives access to them. */
export const stdio = {
  isTerminal: (stream) => Deno[stream].isTerminal(),
  columns: (stream) =>
    Deno[stream].isTerminal() ? Deno.consoleSize().columns : null,
  stdin: () => Deno.stdin.readable,
  stdout: () => Deno.stdout.writable,
  writeError: (text) =>
    void Deno.stderr.writeSync(new TextEncoder().encode(text)),
  isBrokenPipe: (error) => error instanceof Deno.errors.BrokenPipe,
  // Deno handles this itself.
  ignoreBrokenPipe: () => {},
} satisfies Stdio;
