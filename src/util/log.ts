import type { Logger, LogLevel } from "../logger.ts";

const SEVERITY = { debug: 0, info: 1, warn: 2, error: 3, off: 4 } as const;

/** Filters messages by level and logs each warning once. */
export class Log {
  readonly #logger: Logger;
  readonly #severity: number;
  readonly #warned: Set<string>;

  /** @param warned The subjects of earlier warnings, which the calls of a client share. */
  constructor(logger: Logger, level: LogLevel, warned: Set<string>) {
    this.#logger = logger;
    this.#severity = SEVERITY[level];
    this.#warned = warned;
  }

  /** Whether debug messages are logged: they can be expensive to build. */
  get isDebug(): boolean {
    return this.#severity === SEVERITY.debug;
  }

  debug(message: string): void {
    if (this.isDebug) this.#logger.debug(message);
  }

  /** Logs a warning, once for each subject. */
  warn(message: string, subject: string = message): void {
    if (this.#severity > SEVERITY.warn || this.#warned.has(subject)) return;
    this.#warned.add(subject);
    this.#logger.warn(message);
  }
}
