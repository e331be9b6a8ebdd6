import type { Logger } from "../../logger.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import { stderrLogger } from "../../platform/stderr_logger.ts";

/** Where a command writes. */
export interface CliOutput {
  /** Prints a line on stdout. */
  print(line: string): void;
  /** Prints a line on stderr, with `rollouts: ` before it. */
  log(message: string): void;
  /** Writes text to stdout as it is. Resolves when more can be written. */
  write(text: string): Promise<void>;
}

/** Writes to the stdout and stderr of this process. */
export function processOutput(): CliOutput {
  const encoder = new TextEncoder();
  let writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  return {
    print: (line) => console.log(line),
    log: (message) => stderrLogger.info(message),
    write: (text) => {
      writer ??= stdio.stdout().getWriter();
      return writer.write(encoder.encode(text));
    },
  };
}

/** Returns a logger for the library that writes to a command's output. */
export function loggerFor(output: CliOutput): Logger {
  const log = (message: string) => output.log(message);
  return { debug: log, info: log, warn: log, error: log };
}
