/** The least severe messages that are logged; `off` logs nothing. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** Receives the messages of the library. `console` is one. */
export interface Logger {
  /** What is sent, which samples are cached, and each failed request. */
  debug(message: string): void;
  /** Events of normal operation. */
  info(message: string): void;
  /** What you should know, although the call continues. */
  warn(message: string): void;
  /** Failures. */
  error(message: string): void;
}
