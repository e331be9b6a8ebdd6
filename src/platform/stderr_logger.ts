import type { Logger } from "../logger.ts";
import { escapeControlChars } from "../util/escape_control_chars.ts";
import { stdio } from "./deno/stdio.ts";

/**
 * Writes messages to stderr, without control characters. The only code of the library that writes to
 * a terminal, apart from progress bars. On a terminal, a message replaces the line of a progress bar.
 */
export const stderrLogger: Logger = {
  debug: (message) => console.error(line(message)),
  info: (message) => console.error(line(message)),
  warn: (message) => console.warn(line(message)),
  error: (message) => console.error(line(message)),
};

function line(message: string): string {
  const clear = stdio.isTerminal("stderr") ? "\r\x1b[K" : "";
  return `${clear}rollouts: ${escapeControlChars(message)}`;
}
