/** The least severe messages that are logged; `off` logs nothing. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** Receives the messages of the library. `console` is one. */
export interface Logger {
  /** Logs requests, cached samples, and each failed request. */
  debug(message: string): void;
  /** Logs events of normal operation. */
  info(message: string): void;
  /** Logs problems that do not stop the call. */
  warn(message: string): void;
  /** Logs failures. */
  error(message: string): void;
}
