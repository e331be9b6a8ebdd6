import type { Logger } from "../../logger.ts";
import { stdio } from "../../platform/deno/stdio.ts";
import { stderrLogger } from "../../platform/stderr_logger.ts";
import { escapeControlChars } from "../../util/escape_control_chars.ts";
import { withFlagNames } from "../flags/with_flag_names.ts";

/** The output of a command. */
export interface CliOutput {
  /** Prints a line on stdout. */
  print(line: string): void;
  /** Prints a line on stderr, with `rollouts: ` before it. */
  log(message: string): void;
  /** Writes text to stdout unchanged. Resolves when more can be written. */
  write(text: string): Promise<void>;
}

/**
 * Wraps an output, so that no control characters of models, providers, files or arguments reach a
 * terminal. Commands write everything through it.
 */
export function escapedOutput(output: CliOutput): CliOutput {
  return {
    print: (line) => output.print(escapeControlChars(line)),
    log: (message) => output.log(escapeControlChars(message)),
    // CSV has no escapes: a pipe receives the data unchanged.
    write: (text) =>
      output.write(
        stdio.isTerminal("stdout") ? escapeControlChars(text) : text,
      ),
  };
}

/** Formats a value as one line of JSON without control characters or U+2028, which end lines, too. */
export function jsonLine(value: unknown): string {
  return `${escapeControlChars(JSON.stringify(value))}\n`;
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

/** Returns a logger for the library that writes to a command's output, with flags for options. */
export function loggerFor(output: CliOutput): Logger {
  const log = (message: string) => output.log(withFlagNames(message));
  return { debug: log, info: log, warn: log, error: log };
}
