import type { Logger } from "../logger.ts";

/** Writes messages to stderr. The only code of the library that does. */
export const stderrLogger: Logger = {
  debug: (message) => console.error(`rollouts: ${message}`),
  info: (message) => console.error(`rollouts: ${message}`),
  warn: (message) => console.warn(`rollouts: ${message}`),
  error: (message) => console.error(`rollouts: ${message}`),
};
