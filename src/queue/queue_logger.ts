/** Receives warnings. The client's logger and `console` are such objects. */
export interface QueueLogger {
  /** Logs what you should know, although the work continues. */
  warn(message: string): void;
}

/** Prints warnings to stderr. */
export const STDERR_LOGGER: QueueLogger = {
  warn: (message) => console.warn(`rollouts: ${message}`),
};
