import type { Logger } from "../logger.ts";
import { escapeControlChars } from "../util/escape_control_chars.ts";

/**
 * Writes messages to stderr, without control characters. The only code of the library that writes to
 * a terminal, apart from progress bars.
 */
export const stderrLogger: Logger = {
  debug: (message) => console.error(line(message)),
  info: (message) => console.error(line(message)),
  warn: (message) => console.warn(line(message)),
  error: (message) => console.error(line(message)),
};

function line(message: string): string {
  return `rollouts: ${escapeControlChars(message)}`;
}
